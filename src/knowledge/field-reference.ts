import { dimensions } from '../taxonomy/index.ts';
import { headingOfKind, sections } from './definition.ts';
import { entrySchemas, families } from './entry.ts';
import type { EntryKind } from './entry.ts';
import { entryForm, formInWords } from './field-form.ts';
import type { FieldForm } from './field-form.ts';
import { methodSections, paperSections } from './rules/sections.ts';

const kinds = Object.keys(entrySchemas) as readonly EntryKind[];

const isForm = (value: unknown): value is FieldForm => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text as a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '\\<');

/** The fields of a kind, in the order in which they stand in an entry. */
function fieldsOf(kind: EntryKind): readonly (readonly [string, FieldForm, boolean])[] {
  const { properties = {}, required = [] } = entryForm(kind);
  return Object.entries(properties).flatMap(([name, form]) => (isForm(form) ? [[name, form, required.includes(name)] as const] : []));
}

/** Fields that every method has which isn't parameter-centric. */
const setFields: readonly string[] = [...Object.keys(dimensions), 'classification'];

function needOf(kind: EntryKind, name: string, isRequired: boolean): string {
  if (kind === 'methods' && setFields.includes(name)) return 'unless PCA';
  return isRequired ? 'yes' : '';
}

function tableOf(kind: EntryKind): readonly string[] {
  const rows = fieldsOf(kind).map(
    ([name, form, isRequired]) => `| [${name}](#${name.toLowerCase()}) | ${needOf(kind, name, isRequired)} | ${cell(form.description ?? '')} |`,
  );
  return [`### ${headingOfKind(kind)}`, '', `\`content/${kind}/<id>.md\``, '', '| field | required | what it says |', '|---|---|---|', ...rows, ''];
}

/** What stands in a map or in the maps of a list, one line a field, deeper ones indented. */
function partsOf(form: FieldForm, indent: string): readonly string[] {
  const inner = isForm(form.items) ? form.items : form;
  const { properties = {}, required = [] } = inner;
  return Object.entries(properties).flatMap(([name, part]) => {
    if (!isForm(part)) return [];
    const need = required.includes(name) ? '' : ' (optional)';
    const says = [part.description, `${formInWords(part)}.`].filter(Boolean).join(' ');
    return [`${indent}- \`${name}\`${need}: ${cell(says)}`, ...partsOf(part, `${indent}  `)];
  });
}

/** One field under its heading: what each kind that has it says of it. */
function sectionOf(name: string): readonly string[] {
  const uses = kinds.flatMap((kind) => fieldsOf(kind).flatMap(([field, form]) => (field === name ? [{ kind, form }] : [])));
  const told = new Map<string, { readonly kinds: EntryKind[]; readonly form: FieldForm }>();
  for (const { kind, form } of uses) {
    const key = JSON.stringify(form);
    const same = told.get(key);
    if (same) same.kinds.push(kind);
    else told.set(key, { kinds: [kind], form });
  }
  const texts = [...told.values()].flatMap(({ kinds: users, form }) => [
    `In ${users.join(', ')}: ${cell(form.description ?? '')} Allowed: ${cell(formInWords(form))}.`,
    '',
    ...(partsOf(form, '').length > 0 ? [...partsOf(form, ''), ''] : []),
  ]);
  const page = Object.hasOwn(dimensions, name) ? [`What the values mean: [concepts/${name}.md](concepts/${name}.md).`, ''] : [];
  return [`### ${name}`, '', ...texts, ...page];
}

const titles = (list: readonly { readonly form: string }[]): string => list.map(({ form }) => form).join(', ');

const intro = `<!-- Made by "npm run validate -- --reference"; change the schema in src/knowledge/entry.ts instead. -->

# What stands where

\`npm run validate\` checks every file of this folder and names each mistake with its line, what is allowed, and where
that is written: here, or on the page of a dimension or a value in [concepts/](concepts/).`;

const rest: Readonly<Record<keyof typeof sections, string>> = {
  files: `An entry is a file \`<kind>/<id>.md\` in UTF-8, right in the folder of its kind: ${kinds.join(', ')}. The file is named for the
entry's id; the id is its address on the site. Beside them stand \`references.bib\` and this file.`,
  frontMatter: `A file starts with a line of three hyphens, then fields as YAML, one \`name: value\` a line, then three hyphens again. A
text that holds \`: \` or \` #\`, or starts with a sign, stands between quotes. Each field stands once; a list has each value
once; \`…\`, which the validator writes where only you know the value, stays nowhere.`,
  text: 'Below the front matter stands the entry itself, in Markdown: at least one sentence.',
  sections: `A paper explained has these headings: ${titles(paperSections)}. A method with \`implementation\` has these: ${titles(methodSections)}.
Others may stand between them.`,
  citations: `A sentence that states a fact from a source carries \`:cite[key]\` or \`:cite[key, key]\` before its full stop; the keys are those
of \`references.bib\`. What rests on memory stands in \`:recall[words]\`.

A number of ours is never typed: \`:measured[nearly all]{table=prompt-tokens row="linear-probe" column=world-vit/mnist}\` becomes mean
and interval of that place of that table, with a link to its runs. \`row\` and \`column\` are the keys in the table's files (CSV, JSON),
between double quotes where they hold more than letters, digits and \`. + / -\`. The words say the same without a number, for readers
of the text alone, such as the search. Whether there is such a place with a number is found out when the site is built.
There are no other directives.`,
  links: `A link leads to \`https://…\`, to another entry of the same kind (\`../other-id/\`), to one of another kind
(\`../../concepts/other-id/\`), or to a heading of the same page (\`#heading\`). The slash at the end belongs to it.`,
  safety: `Tags, comments and other HTML are not rendered, and addresses that carry a script are refused, in whatever spelling. What
is meant to be seen as it stands goes between backticks.`,
  bibliography: `\`references.bib\` is BibTeX with one entry a work; each needs \`title\`, \`author\` and \`year\`. A key starts with a letter or a
digit and goes on with those and \`- _ : . + /\`; ours are \`<first author><year><word>\`. \`doi\` and \`eprint\` hold the bare identifier
(\`10.<registrant>/<suffix>\`, \`YYMM.NNNNN\`), \`url\` an address with https://. Two entries are one work where DOI, arXiv number
or title agree.`,
};

/** The reference of all fields and forms of the content folder, as Markdown: `content/README.md`. Made from the schemas alone. */
export function fieldReference(): string {
  const names = [...new Set(kinds.flatMap((kind) => fieldsOf(kind).map(([name]) => name)))];
  const keys = Object.keys(rest) as readonly (keyof typeof rest)[];
  const parts: readonly string[] = [
    intro,
    '',
    ...keys.flatMap((key) => [`## ${sections[key]}`, '', rest[key], '']),
    '## Kinds of entry',
    '',
    ...kinds.flatMap(tableOf),
    '## Fields',
    '',
    `Families: ${Object.entries(families).map(([short, name]) => `${short} ${name.toLowerCase()}`).join(', ')}.`,
    '',
    ...names.flatMap(sectionOf),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

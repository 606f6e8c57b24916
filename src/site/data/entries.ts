import { conceptGroups, parseCatalogue, validateContent } from '../../knowledge/index.ts';
import type { ConceptEntry, Entry, Family, MethodEntry, ModelEntry, PaperEntry, TaskEntry, Work } from '../../knowledge/index.ts';
import { readContentFolder } from '../../knowledge/index.node.ts';
import { folders } from './project.ts';
import { tables } from './tables.ts';
import { textRenderer } from './text-renderer.ts';

/** An entry with its text as HTML. */
export interface Rendered<T> extends Entry<T> {
  readonly html: string;
  readonly headings: readonly { readonly depth: number; readonly slug: string; readonly text: string }[];
}

const files = readContentFolder(folders.content);
const { errors } = validateContent(files, { today: '9999-12-31' });
if (errors.length > 0) {
  const first = errors.slice(0, 10);
  const list = first.map(({ file, line, column, rule, found }) => `  content/${file}:${line}:${column} ${rule} ${found}`);
  throw new Error(`The content has ${errors.length} mistakes; "npm run validate" explains them:\n${list.join('\n')}`);
}

const catalogue = parseCatalogue(files);

/** The content as it was read, for what is handed to programs. */
export { catalogue };

/** Every work of `content/references.bib`, by key. */
export const works: ReadonlyMap<string, Work> = catalogue.works;

const renderer = await textRenderer(works, () => Promise.resolve(tables));

/** One after the other: a text's syntax tree is some hundred times as large as the text. */
async function rendered<T extends { readonly id: string }>(entries: readonly Entry<T>[]): Promise<readonly Rendered<T>[]> {
  const all: Rendered<T>[] = [];
  for (const { data, text } of entries) {
    const made = await renderer.render(text).catch((error: unknown) => {
      throw new Error(`The text of "${data.id}": ${error instanceof Error ? error.message : String(error)}`);
    });
    all.push({ data, text, ...made });
  }
  return all;
}

const familyOrder: readonly Family[] = ['MR', 'PT', 'PI', 'PCA'];

/** All methods: by family, then by name. */
export const methods: readonly Rendered<MethodEntry>[] = (await rendered(catalogue.methods)).toSorted(
  ({ data: a }, { data: b }) =>
    familyOrder.indexOf(a.family) - familyOrder.indexOf(b.family) || a.name.localeCompare(b.name, 'en'),
);
export const models: readonly Rendered<ModelEntry>[] = await rendered(catalogue.models);
export const tasks: readonly Rendered<TaskEntry>[] = await rendered(catalogue.tasks);

const groupOrder = Object.keys(conceptGroups);

/** All concepts: by group, then by their place in it. */
export const concepts: readonly Rendered<ConceptEntry>[] = (await rendered(catalogue.concepts)).toSorted(
  ({ data: a }, { data: b }) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group) || a.order - b.order,
);
export const papers: readonly Rendered<PaperEntry>[] = (await rendered(catalogue.papers)).toSorted(
  (a, b) => a.data.order - b.data.order,
);
renderer.tidy();

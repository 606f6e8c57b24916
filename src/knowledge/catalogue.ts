import { z } from 'zod';
import { allWorks } from './all-works.ts';
import type { Work } from './bibliography.ts';
import type { ContentFile } from './content-file.ts';
import { kindOf } from './entry-file.ts';
import { conceptSchema, entrySchemas, methodSchema, modelSchema, paperSchema, taskSchema } from './entry.ts';
import type { ConceptEntry, EntryKind, MethodEntry, ModelEntry, PaperEntry, TaskEntry } from './entry.ts';
import { splitFrontMatter } from './front-matter.ts';

/** An entry with its text below the front matter, as Markdown. */
export interface Entry<T> {
  readonly data: T;
  readonly text: string;
}

/** The whole of a content folder, by kind and then by id. */
export interface Catalogue {
  readonly methods: readonly Entry<MethodEntry>[];
  readonly models: readonly Entry<ModelEntry>[];
  readonly tasks: readonly Entry<TaskEntry>[];
  readonly concepts: readonly Entry<ConceptEntry>[];
  readonly papers: readonly Entry<PaperEntry>[];
  readonly works: ReadonlyMap<string, Work>;
}

/**
 * Reads the files of a content folder.
 * @throws where an entry doesn't fit its schema; `validateContent` names such mistakes with their places
 */
export function parseCatalogue(files: readonly ContentFile[]): Catalogue {
  const entriesOf = <T>(kind: EntryKind, schema: z.ZodType<T>): readonly Entry<T>[] =>
    files
      .filter(({ path }) => kindOf(path) === kind)
      .map(({ path, text }) => {
        const front = splitFrontMatter(text);
        if (!front) throw new Error(`content/${path} has no front matter.`);
        return { data: schema.parse(front.data), text: front.body };
      });
  const methods = entriesOf('methods', methodSchema);
  const own = methods.flatMap(({ data }) => (data.bibtex === undefined ? [] : [{ owner: data.id, bibtex: data.bibtex }]));
  return {
    methods,
    models: entriesOf('models', modelSchema),
    tasks: entriesOf('tasks', taskSchema),
    concepts: entriesOf('concepts', conceptSchema),
    papers: entriesOf('papers', paperSchema),
    works: allWorks(files.find(({ path }) => path === 'references.bib')?.text ?? '', own).bibliography.works,
  };
}

const workSchema = z.strictObject({
  key: z.string().describe('The key in references.bib.'),
  title: z.string().describe('Its title.'),
  authors: z.array(z.string()).describe('Given name first, in order.'),
  year: z.number().nullable().describe('Year of publication.'),
  venue: z.string().nullable().describe('Where it was published.'),
  arxiv: z.string().nullable().describe('arXiv number.'),
  doi: z.string().nullable().describe('DOI.'),
  address: z.string().nullable().describe('Where to read it.'),
  bibtex: z.string().describe('The entry as it stands in references.bib.'),
});

const withText = <T extends z.ZodObject>(schema: T) =>
  schema.extend({ text: z.string().describe('The text below the front matter, as Markdown with the directives :cite[key], :recall[words] and :measured[words]{table row column}, which stands for the number in that place of that table.') });

/** The catalogue as one JSON document; every field says what it holds. */
export const catalogueSchema = z.strictObject({
  schema: z.literal('atlas-catalogue/1').describe('Name and version of this form.'),
  licence: z.string().describe('Terms of the texts.'),
  credit: z.string().describe('Whose work the catalogue builds on.'),
  methods: z.array(withText(methodSchema)).describe('Methods and their rivals.'),
  models: z.array(withText(modelSchema)).describe('Frozen models that the benchmark uses.'),
  tasks: z.array(withText(taskSchema)).describe('Tasks that the benchmark uses.'),
  concepts: z.array(withText(conceptSchema)).describe('The framework explained.'),
  papers: z.array(withText(paperSchema)).describe('Papers explained.'),
  works: z.array(workSchema).describe('Every cited work.'),
});

export const licence = 'CC BY 4.0';
export const credit =
  'Classifications marked "survey" follow the companion list of arXiv 2506.04650 (zyecs/awesome-reprogrammability, CC BY 4.0).';

/** The catalogue in the form of `catalogueSchema`. */
export function catalogueDocument({ methods, models, tasks, concepts, papers, works }: Catalogue): z.infer<typeof catalogueSchema> {
  const plain = <T extends object>(entries: readonly Entry<T>[]): (T & { text: string })[] =>
    entries.map(({ data, text }) => ({ ...data, text: text.trim() }));
  return {
    schema: 'atlas-catalogue/1',
    licence,
    credit,
    methods: plain(methods),
    models: plain(models),
    tasks: plain(tasks),
    concepts: plain(concepts),
    papers: plain(papers),
    works: [...works.values()].map(({ key, title, authors, year, venue, arxiv, doi, address, bibtex }) => ({
      key,
      title,
      authors: [...authors],
      year: year ?? null,
      venue: venue ?? null,
      arxiv: arxiv ?? null,
      doi: doi ?? null,
      address: address ?? null,
      bibtex,
    })),
  };
}

/** JSON Schema (2020-12) of the catalogue, each field with its description. */
export function catalogueJsonSchema(): object {
  return { title: 'Catalogue of the Reprogrammability Atlas', ...z.toJSONSchema(catalogueSchema, { io: 'input', unrepresentable: 'any' }) };
}

/** One line a field for people: the fields of a kind of entry with what they hold and whether they must be there. */
export function fieldsOf(kind: EntryKind): readonly { readonly field: string; readonly describes: string; readonly required: boolean }[] {
  return Object.entries<z.ZodType>(entrySchemas[kind].shape).map(([field, schema]) => ({
    field,
    describes: schema.description ?? '',
    required: !schema.safeParse(undefined).success,
  }));
}

/** A value as a cell of CSV: quoted where it must be; lists with semicolons. */
function csvCell(value: unknown): string {
  const text = Array.isArray(value) ? value.join('; ') : value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Columns of the table of methods; nested fields stand as JSON. */
export const csvFields = Object.keys(methodSchema.shape) as readonly (keyof MethodEntry)[];

/** The methods as CSV (RFC 4180 with line feeds): one row an entry, lists with semicolons, nested fields as JSON. */
export function methodsCsv(methods: readonly Entry<MethodEntry>[]): string {
  const rows = methods.map(({ data }) => csvFields.map((field) => csvCell(data[field])).join(','));
  return [csvFields.join(','), ...rows, ''].join('\n');
}

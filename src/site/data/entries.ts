import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { entrySchemas, readBibliography, splitFrontMatter, validateContent } from '../../knowledge/index.ts';
import type { ConceptEntry, EntryKind, Family, MethodEntry, ModelEntry, TaskEntry, Work } from '../../knowledge/index.ts';
import { readContentFolder } from '../../knowledge/index.node.ts';
import { entryMarkdown } from '../markdown/index.ts';
import { folders } from './project.ts';

/** An entry with its text as HTML. */
export interface Rendered<T> {
  readonly data: T;
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

/** Every work of `content/references.bib`, by key. */
export const works: ReadonlyMap<string, Work> = readBibliography(
  readFileSync(join(folders.content, 'references.bib'), 'utf8'),
).works;

const renderer = entryMarkdown(works).createRenderer({ syntaxHighlight: false });

async function readEntries<T>(kind: EntryKind, schema: z.ZodType<T>): Promise<readonly Rendered<T>[]> {
  const { render } = await renderer;
  return Promise.all(
    files
      .filter(({ path }) => path.startsWith(`${kind}/`) && path.endsWith('.md'))
      .map(async ({ path, text }) => {
        const front = splitFrontMatter(text);
        if (!front) throw new Error(`content/${path} has no front matter.`);
        const { code, metadata } = await render(front.body);
        return { data: schema.parse(front.document.toJS()), html: code, headings: metadata.headings };
      }),
  );
}

const familyOrder: readonly Family[] = ['MR', 'PT', 'PI', 'PCA'];

/** All methods: by family, then by name. */
export const methods: readonly Rendered<MethodEntry>[] = (await readEntries('methods', entrySchemas.methods)).toSorted(
  ({ data: a }, { data: b }) =>
    familyOrder.indexOf(a.family) - familyOrder.indexOf(b.family) || a.name.localeCompare(b.name, 'en'),
);
export const models: readonly Rendered<ModelEntry>[] = await readEntries('models', entrySchemas.models);
export const tasks: readonly Rendered<TaskEntry>[] = await readEntries('tasks', entrySchemas.tasks);
export const concepts: readonly Rendered<ConceptEntry>[] = (await readEntries('concepts', entrySchemas.concepts)).toSorted(
  (a, b) => a.data.order - b.data.order,
);

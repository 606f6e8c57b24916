import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueDocument, catalogueJsonSchema, licence, methodsCsv } from '../../knowledge/index.ts';
import { recordJsonSchema } from '../../results/index.ts';
import { catalogue } from './entries.ts';
import { filesOf } from './table-files.ts';
import { tables } from './tables.ts';

/** A file of data at an address that stays: `data/v1/` holds its form until a `v2` stands beside it. */
export interface Publication {
  readonly path: string;
  readonly title: string;
  readonly describes: string;
  readonly type: string;
  readonly licence: string;
  /** The path of its JSON Schema. */
  readonly schema?: string;
  /** The id of the table that it belongs to. */
  readonly table?: string;
  readonly text: () => string;
}

const folder = 'data/v1';
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The forms of a table that are handed to programs. */
const forms = [
  {
    ending: 'json',
    name: 'JSON',
    describes: 'The whole table: intervals, ranks, comparisons, and the ids of the records behind each number.',
    type: 'application/json',
  },
  { ending: 'csv', name: 'CSV', describes: 'A row for each method, with its number, interval and rank in each setting.', type: 'text/csv' },
  {
    ending: 'records.jsonl',
    name: 'records',
    describes: 'A line for each run: what was asked, what came out, where, and how long it took.',
    type: 'application/jsonl',
    schema: `${folder}/record.schema.json`,
  },
] as const;

/** Everything that is handed to programs as a file, in the order in which people look for it. */
export const publications: readonly Publication[] = [
  {
    path: `${folder}/catalogue.json`,
    title: 'Catalogue, JSON',
    describes: 'Every method, model, task, concept, paper and cited work, with its text.',
    type: 'application/json',
    licence,
    schema: `${folder}/catalogue.schema.json`,
    text: () => json(catalogueDocument(catalogue)),
  },
  {
    path: `${folder}/methods.csv`,
    title: 'Methods, CSV',
    describes: 'A row for each method; lists with semicolons, nested fields as JSON.',
    type: 'text/csv',
    licence,
    text: () => methodsCsv(catalogue.methods),
  },
  {
    path: `${folder}/references.bib`,
    title: 'References, BibTeX',
    describes: 'Every work that the catalogue cites.',
    type: 'application/x-bibtex',
    licence,
    text: () => [...catalogue.works.values()].map(({ bibtex }) => `${bibtex.trim()}\n`).join('\n'),
  },
  ...tables.flatMap((table) =>
    forms.flatMap(({ ending, name, describes, type, ...schema }): readonly Publication[] => {
      const file = filesOf(table.id).find((each) => each.name === `${table.id}.${ending}`);
      if (file === undefined || file.text === '') return [];
      const path = `${folder}/tables/${file.name}`;
      return [{ path, title: `${table.title}, ${name}`, describes, type, licence, ...schema, table: table.id, text: () => file.text }];
    }),
  ),
  {
    path: `${folder}/catalogue.schema.json`,
    title: 'Schema of the catalogue',
    describes: 'JSON Schema (2020-12); each field with what it holds.',
    type: 'application/schema+json',
    licence,
    text: () => json(catalogueJsonSchema()),
  },
  {
    path: `${folder}/record.schema.json`,
    title: 'Schema of a record',
    describes: 'JSON Schema (2020-12) of one line of the records.',
    type: 'application/schema+json',
    licence,
    text: () => json(recordJsonSchema()),
  },
  {
    path: `${folder}/CITATION.cff`,
    title: 'Citation',
    describes: 'How to cite the atlas, in the Citation File Format.',
    type: 'text/yaml',
    licence,
    text: () => readFileSync(join(process.cwd(), 'CITATION.cff'), 'utf8'),
  },
];

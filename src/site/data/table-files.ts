import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { recordLine, tableToCsv, tableToJson, tableToLatex, tableToMarkdown } from '../../results/index.ts';
import type { Table } from '../../results/index.ts';
import { recordsOf, tables } from './tables.ts';

/** A table, or what it rests on, as a file for other programs. */
export interface TableFile {
  /** `output-alignment.csv` */
  readonly name: string;
  /** What the button says. */
  readonly label: string;
  readonly what: string;
  readonly text: string;
  readonly bytes: number;
  readonly sha256: string;
}

const writers = [
  { ending: 'csv', label: 'CSV', what: 'numbers, intervals, ranks and costs, a row for each method', write: tableToCsv },
  { ending: 'json', label: 'JSON', what: 'everything: seeds, provenance, comparisons', write: tableToJson },
  { ending: 'md', label: 'Markdown', what: 'a pipe table with its notes', write: tableToMarkdown },
  { ending: 'tex', label: 'LaTeX', what: 'a booktabs table with its notes', write: tableToLatex },
  {
    ending: 'records.jsonl',
    label: 'Records',
    what: 'every run as it is stored, a line each',
    write: (table: Table) => recordsOf(table.id).map((record) => `${recordLine(record)}\n`).join(''),
  },
] as const;

const made = new Map(
  tables.map((table) => [
    table.id,
    writers.map(({ ending, label, what, write }): TableFile => {
      const text = write(table);
      const bytes = utf8ToBytes(text);
      return { name: `${table.id}.${ending}`, label, what, text, bytes: bytes.length, sha256: bytesToHex(sha256(bytes)) };
    }),
  ]),
);

/** The files of a table, in the order of its buttons. */
export function filesOf(tableId: string): readonly TableFile[] {
  return made.get(tableId) ?? [];
}

import { join } from 'node:path';
import { buildTable, cellKeyOf, matchByContent, tableMetric } from '../../results/index.ts';
import type { DoneRecord, RunRecord, Table, TableCell, TableColumn, TableRow } from '../../results/index.ts';
import { readRecordFolder } from '../../results/index.node.ts';
import { tableCards } from './cards.ts';
import { folders } from './project.ts';

export { cellAddress } from './cell-address.ts';

/** One place of a table that has a number, with the records it rests on. */
export interface PlacedCell {
  readonly table: Table;
  readonly row: TableRow;
  readonly column: TableColumn;
  readonly cell: TableCell;
  readonly key: string;
  readonly records: readonly DoneRecord[];
}

const { stored } = readRecordFolder(join(folders.benchmarks, 'records'));

/** Every record of the committed tables. */
export const records: readonly RunRecord[] = stored.map(({ record }) => record);
const byId = new Map(records.map((record) => [record.id, record]));

/** Every table that the benchmark defines, filled from the records of its own file. */
export const tables: readonly Table[] = tableCards.map((card) => {
  const rows = card.rows.map(({ control, ...row }) => (control ? { ...row, control } : row));
  const columns = card.columns.map(({ groupLabel, train, ...column }) => ({
    ...column,
    ...(train === undefined ? {} : { train }),
    ...(groupLabel === undefined ? {} : { groupLabel }),
  }));
  const reasons = new Map(card.empty.map(({ row, column, reason }) => [`${row}\n${column}`, reason]));
  const metric = tableMetric(card.metric ?? 'accuracy');
  return buildTable(
    {
      id: card.id,
      title: card.title,
      question: card.question,
      rows,
      columns,
      match: matchByContent(rows, columns),
      ...(metric === undefined ? {} : { metric }),
      notes: card.notes,
      ...(card.seeds === undefined ? {} : { seeds: card.seeds }),
      reasonFor: (row, column) => reasons.get(`${row}\n${column}`),
    },
    stored.filter(({ table }) => table === card.id).map(({ record }) => record),
  );
});

/** Every place of every table that has a number. */
export const placedCells: readonly PlacedCell[] = tables.flatMap((table) =>
  table.cells.flatMap((line, r) =>
    line.flatMap((cell, c) => {
      const [row, column] = [table.rows[r], table.columns[c]];
      if (!row || !column || cell.cellKey === null) return [];
      const own = cell.records.flatMap((id) => {
        const record = byId.get(id);
        return record?.status === 'done' ? [record] : [];
      });
      return [{ table, row, column, cell, key: cell.cellKey, records: own }];
    }),
  ),
);

/** All records of a table's own file, in its order. */
export function recordsOf(tableId: string): readonly RunRecord[] {
  return stored.filter(({ table }) => table === tableId).map(({ record }) => record);
}

/** The runs of a cell that failed, which its page names. */
export function failedRunsOf(key: string): readonly RunRecord[] {
  return records.filter((record) => record.status === 'failed' && cellKeyOf(record) === key);
}

/** What `npm run reproduce` calls the cell: row, model, task and the number of training examples, since tables draw one task in several sizes. */
export function cellName({ row, column, records: [first] }: Pick<PlacedCell, 'row' | 'column' | 'records'>): string {
  return [`${row.key}@${column.modelId}/${column.taskId}`, ...(first ? [first.spec.split.train] : [])].join('/');
}

/** All places of a method, in the order of the tables. */
export function placesOf(methodId: string): readonly PlacedCell[] {
  return placedCells.filter(({ row }) => row.methodId === methodId);
}

import { dimensions } from '../../../taxonomy/index.ts';
import type { Dimension } from '../../../taxonomy/index.ts';
import type { ComparedCell, ComparedEntry, ComparedTable } from './compared-entry.ts';

export const dimensionNames = Object.keys(dimensions) as readonly Dimension[];

/** The dimensions in which not all entries have the same set of values; entries without a class have no say. */
export function differingDimensions(entries: readonly Pick<ComparedEntry, 'class'>[]): readonly Dimension[] {
  const classes = entries.flatMap((entry) => entry.class ?? []);
  return dimensionNames.filter((name) => new Set(classes.map((of) => of[name].toSorted().join())).size > 1);
}

/** One row of a common table: an entry's row, with a cell or a gap for each column. */
export interface CommonRow {
  readonly entry: ComparedEntry;
  readonly label: string;
  readonly cells: readonly (ComparedCell | undefined)[];
}

/** A table in which several entries have numbers in the same columns. */
export interface CommonTable {
  readonly table: Pick<ComparedTable, 'id' | 'title' | 'address' | 'metric'>;
  readonly columns: ComparedTable['columns'];
  readonly rows: readonly CommonRow[];
}

/** The tables that hold numbers of at least two of the entries in one column; columns of one entry alone are left out. */
export function commonTables(entries: readonly ComparedEntry[]): readonly CommonTable[] {
  const parts = entries.flatMap((entry) => entry.tables.map((table) => ({ entry, table })));
  return [...new Set(parts.map(({ table }) => table.id))].flatMap((id) => {
    const own = parts.filter(({ table }) => table.id === id);
    const columns = own[0]?.table.columns.filter(
      ({ key }) => own.filter(({ table }) => table.rows.some(({ cells }) => cells.some(({ column }) => column === key))).length > 1,
    );
    const [first] = own;
    if (!first || !columns || columns.length === 0) return [];
    const rows = own.flatMap(({ entry, table }) =>
      table.rows.map(({ label, cells }) => ({
        entry,
        label,
        cells: columns.map(({ key }) => cells.find(({ column }) => column === key)),
      })),
    );
    return [{ table: first.table, columns, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== undefined)) }];
  });
}

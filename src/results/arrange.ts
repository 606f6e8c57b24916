import type { Table, TableCell } from './table.ts';

/** How a reader has arranged a table. */
export interface Arrangement {
  /** A column's key; `label`, `family`, `trainable`, `trainSeconds`, `stepsPerSecond` or `testSeconds`. Unsorted where absent. */
  readonly sortBy?: string;
  readonly descending?: boolean;
  /** Keys of the rows to keep; all where absent. */
  readonly rows?: readonly string[];
  /** Keys of the columns to keep, in this order; all where absent. */
  readonly columns?: readonly string[];
}

/**
 * The same table with rows and columns chosen and ordered. Numbers, ranks and notes stay as they are: a rank is a place
 * among all entries of the column, also of those not shown. Rows without a value come last either way; ties keep
 * their order.
 *
 * @throws RangeError where a key names nothing.
 */
export function arrangeTable(table: Table, arrangement: Arrangement): Table {
  const columnOrder = (arrangement.columns ?? table.columns.map(({ key }) => key)).map((key) =>
    indexOf(table.columns, key, 'column'),
  );
  const kept = (arrangement.rows ?? table.rows.map(({ key }) => key)).map((key) => indexOf(table.rows, key, 'row'));
  const { sortBy } = arrangement;
  const rowOrder =
    sortBy === undefined
      ? kept
      : [...kept].sort((a, b) =>
          compareKeys(sortKey(table, a, sortBy), sortKey(table, b, sortBy), arrangement.descending ?? false),
        );
  return {
    ...table,
    columns: columnOrder.flatMap((c) => table.columns[c] ?? []),
    rows: rowOrder.flatMap((r) => table.rows[r] ?? []),
    cells: rowOrder.map((r) => columnOrder.flatMap((c): readonly TableCell[] => table.cells[r]?.slice(c, c + 1) ?? [])),
  };
}

function sortKey(table: Table, r: number, sortBy: string): string | number | null {
  const row = table.rows[r];
  if (row === undefined) return null;
  if (sortBy === 'label' || sortBy === 'family') return row[sortBy];
  if (sortBy === 'trainable') return row.cost.trainable?.[0] ?? null;
  if (sortBy === 'trainSeconds' || sortBy === 'stepsPerSecond' || sortBy === 'testSeconds') return row.cost[sortBy];
  return table.cells[r]?.[indexOf(table.columns, sortBy, 'column')]?.value ?? null;
}

function compareKeys(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const ascending =
    typeof a === 'string' && typeof b === 'string' ? a.localeCompare(b, 'en') : Number(a) - Number(b);
  return descending ? -ascending : ascending;
}

function indexOf(items: readonly { readonly key: string }[], key: string, what: string): number {
  const index = items.findIndex((item) => item.key === key);
  if (index < 0) {
    throw new RangeError(`there is no ${what} "${key}"; there are: ${items.map((item) => item.key).join(', ')}`);
  }
  return index;
}

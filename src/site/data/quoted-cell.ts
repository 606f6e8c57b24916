import type { MeasuredPlace } from '../../knowledge/index.ts';
import type { Table } from '../../results/index.ts';
import type { QuotedCell } from '../markdown/index.ts';
import { cellAddress } from './cell-address.ts';

/**
 * The number that a text quotes from a table.
 *
 * @throws {Error} where there is no such table, row or column, or no number in that place; the message lists what there is.
 */
export function quotedCell(tables: readonly Table[], place: MeasuredPlace): QuotedCell {
  const written = `:measured[…]{table=${place.table} row="${place.row}" column="${place.column}"}`;
  const table = tables.find(({ id }) => id === place.table);
  if (!table) throw new Error(`${written}: there is no such table. There are: ${listed(tables.map(({ id }) => id))}.`);
  const r = table.rows.findIndex(({ key }) => key === place.row);
  const c = table.columns.findIndex(({ key }) => key === place.column);
  const [row, column, cell] = [table.rows[r], table.columns[c], table.cells[r]?.[c]];
  if (!row) throw new Error(`${written}: the table has no such row. Its rows: ${listed(table.rows.map(({ key }) => key))}.`);
  if (!column) throw new Error(`${written}: the table has no such column. Its columns: ${listed(table.columns.map(({ key }) => key))}.`);
  if (!cell || cell.cellKey === null || cell.value === null) throw new Error(`${written}: no number stands there (${cell?.reason ?? 'no run yet'}).`);
  const { metric } = table;
  const runs = cell.n === 1 ? 'one run with the 95 % interval of its test items' : `mean of ${cell.n} runs ± half the 95 % interval`;
  return {
    text: `${cell.text} ${metric.unit}`,
    title: `${row.label} on ${column.label}, ${column.groupLabel} (${table.title}): ${metric.label.toLowerCase()}, ${runs}`,
    path: cellAddress({ table, key: cell.cellKey }),
  };
}

const listed = (keys: readonly string[]): string => (keys.length === 0 ? 'none' : keys.map((key) => `"${key}"`).join(', '));

import type { Comparison, Table, TableCell, TableRow } from '../../results/index.ts';

/** A row of the same column beside a cell; the comparison is from the cell's side. */
export interface Neighbour extends Pick<Comparison, 'difference' | 'interval' | 'test' | 'pairs' | 'adjustedP' | 'verdict'> {
  readonly row: TableRow;
  readonly cell: TableCell;
}

/**
 * The ranked rows of a column next to one by mean, `reach` on either side, and the best: from the highest mean down,
 * without the row itself. Empty for a control.
 */
export function neighboursInRank(table: Table, rowKey: string, columnKey: string, reach = 2): readonly Neighbour[] {
  const c = table.columns.findIndex(({ key }) => key === columnKey);
  const ranked = table.rows
    .flatMap((row, r) => {
      const cell = table.cells[r]?.[c];
      return cell && cell.rank !== null && cell.value !== null ? [{ row, cell, value: cell.value }] : [];
    })
    .toSorted((a, b) => (table.metric.higherIsBetter ? b.value - a.value : a.value - b.value));
  const own = ranked.findIndex(({ row }) => row.key === rowKey);
  if (own < 0) return [];
  return ranked
    .filter((_, i) => i !== own && (i === 0 || Math.abs(i - own) <= reach))
    .flatMap(({ row, cell }) => {
      const found = table.comparisons.find(
        (each) => each.columnKey === columnKey && [each.first, each.second].includes(row.key) && [each.first, each.second].includes(rowKey),
      );
      return found ? [{ row, cell, ...fromSideOf(rowKey, found) }] : [];
    });
}

function fromSideOf(rowKey: string, comparison: Comparison): Omit<Neighbour, 'row' | 'cell'> {
  const { difference, interval, test, pairs, adjustedP, verdict } = comparison;
  if (comparison.first === rowKey) return { difference, interval, test, pairs, adjustedP, verdict };
  const turned = verdict === 0 ? 0 : verdict === 1 ? -1 : 1;
  return { difference: -difference, interval: interval === null ? null : [-interval[1], -interval[0]], test, pairs, adjustedP, verdict: turned };
}

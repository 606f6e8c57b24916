import type { Family } from './record.ts';
import type { Table, TableColumn } from './table.ts';

/** The three ways of reprogramming a model; rivals that train its own weights are none. */
const ways = ['MR', 'PT', 'PI'] as const satisfies readonly Family[];
export type Way = (typeof ways)[number];

/** One way in one column: the row of it with the highest mean. */
interface BestOfWay {
  readonly way: Way;
  readonly rowKey: string;
  readonly value: number;
}

/** Columns that came out alike. */
export interface WaysGroup {
  /** The ways whose best row isn't separably behind that of another way, the highest mean first in its first column. */
  readonly ahead: readonly Way[];
  readonly columns: readonly TableColumn[];
}

/** Which way is ahead where, by the best row of each. */
export interface WaysOutcome {
  /** From most columns to least. */
  readonly groups: readonly WaysGroup[];
  /** Columns in which a rival outside the three is separably ahead of every way. */
  readonly behindRivals: readonly TableColumn[];
  /** Columns compared. */
  readonly columns: number;
}

/**
 * The ways of a table compared, in the columns in which at least two of them have a ranked row; `null` where there is none.
 * Controls take no part. That the best row of several is taken favours a way with more rows.
 */
export function waysOutcome(table: Table): WaysOutcome | null {
  const families = new Map(table.rows.map(({ key, family }) => [key, family]));
  const groups = new Map<string, { ahead: readonly Way[]; columns: TableColumn[] }>();
  const behindRivals: TableColumn[] = [];
  let columns = 0;
  table.columns.forEach((column, c) => {
    const ranked = table.cells.flatMap((line) => {
      const cell = line[c];
      return cell && cell.rank !== null && cell.value !== null ? [{ rowKey: cell.rowKey, value: cell.value }] : [];
    });
    const sign = table.metric.higherIsBetter ? 1 : -1;
    const bestOf = (family: Family) =>
      ranked.filter(({ rowKey }) => families.get(rowKey) === family).toSorted((a, b) => sign * (b.value - a.value))[0];
    const best = ways.flatMap((way): BestOfWay[] => {
      const row = bestOf(way);
      return row ? [{ way, ...row }] : [];
    });
    if (best.length < 2) return;
    columns += 1;
    const isBehind = (one: string, other: string): boolean =>
      table.comparisons.some(
        ({ columnKey, first, second, verdict }) =>
          columnKey === column.key && ((first === one && second === other && verdict < 0) || (first === other && second === one && verdict > 0)),
      );
    const ahead = best
      .filter(({ rowKey }) => !best.some((other) => isBehind(rowKey, other.rowKey)))
      .toSorted((a, b) => sign * (b.value - a.value))
      .map(({ way }) => way);
    const name = [...ahead].sort().join();
    const group = groups.get(name) ?? { ahead, columns: [] };
    group.columns.push(column);
    groups.set(name, group);
    const rival = bestOf('PCA');
    if (rival && best.every(({ rowKey }) => isBehind(rowKey, rival.rowKey))) behindRivals.push(column);
  });
  if (columns === 0) return null;
  return { groups: [...groups.values()].toSorted((a, b) => b.columns.length - a.columns.length), behindRivals, columns };
}

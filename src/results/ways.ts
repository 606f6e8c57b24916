import type { Comparison } from './compare.ts';
import type { Family } from './record.ts';
import { holm } from './statistics/index.ts';
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

/** Which of two rows is separably better, with Holm's correction over these comparisons alone. */
function verdictsAmong(comparisons: readonly Comparison[], sign: number): readonly { readonly better: string; readonly worse: string }[] {
  const tested = comparisons.filter(({ p }) => p !== null);
  const { adjusted } = holm(tested.map(({ p }) => p ?? 1), alpha);
  return tested.flatMap(({ first, second, difference }, i) => {
    if ((adjusted[i] ?? 1) > alpha || difference === 0) return [];
    return [sign * difference > 0 ? { better: first, worse: second } : { better: second, worse: first }];
  });
}

const alpha = 0.05;

/**
 * The ways of a table compared, in the columns in which at least two of them have a ranked row; `null` where there is none.
 * Controls take no part. The best row of each way and the best rival are tested against each other alone, so the correction is
 * for these few pairs; that the best row of several is taken favours a way with more rows.
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
    const rival = bestOf('PCA');
    const chosen = new Set([...best, ...(rival ? [rival] : [])].map(({ rowKey }) => rowKey));
    const verdicts = verdictsAmong(table.comparisons.filter(({ columnKey, first, second }) => columnKey === column.key && chosen.has(first) && chosen.has(second)), sign);
    const isBehind = (one: string, other: string): boolean =>
      verdicts.some(({ better, worse }) => worse === one && better === other);
    const ahead = best
      .filter(({ rowKey }) => !best.some((other) => isBehind(rowKey, other.rowKey)))
      .toSorted((a, b) => sign * (b.value - a.value))
      .map(({ way }) => way);
    const name = [...ahead].sort().join();
    const group = groups.get(name) ?? { ahead, columns: [] };
    group.columns.push(column);
    groups.set(name, group);
    if (rival && best.every(({ rowKey }) => isBehind(rowKey, rival.rowKey))) behindRivals.push(column);
  });
  if (columns === 0) return null;
  return { groups: [...groups.values()].toSorted((a, b) => b.columns.length - a.columns.length), behindRivals, columns };
}

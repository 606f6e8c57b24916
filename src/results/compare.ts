import { decodeBits } from './bits.ts';
import { metricOf } from './cell.ts';
import type { TableMetric } from './cell.ts';
import type { DoneRecord } from './record.ts';
import { holm, mcNemar, mean, meanAndInterval, pairedTest, welchTest } from './statistics/index.ts';

/** Places that an entry may have among n: 1 + how many are significantly better … n − how many are worse. */
export interface RankInterval {
  readonly best: number;
  readonly worst: number;
}

/** An entry beside the one with the best mean of its column. */
export interface Gap {
  /** Own − best, in the record's unit: 0 for the best itself. */
  readonly difference: number;
  /** Whether the tests tell the two apart. */
  readonly isSeparable: boolean;
}

/** Two entries of a column. */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  /** Mean of first − second, in the record's unit. */
  readonly difference: number;
  /** 95 % interval of the difference where the test gives one. */
  readonly interval: readonly [number, number] | null;
  /**
   * `paired-t`: over seeds, same test items. `mcnemar`: over test items, where only one such seed exists or the
   * differences have no spread. `welch`: the test items differ. `none`: nothing to test with.
   */
  readonly test: 'paired-t' | 'mcnemar' | 'welch' | 'none';
  /** Seeds used. */
  readonly pairs: number;
  readonly p: number | null;
  /** Holm-corrected over all pairs of the column. */
  readonly adjustedP: number | null;
  /** +1: first is significantly better, −1: second is, 0: not separable. */
  readonly verdict: 1 | 0 | -1;
}

export interface ColumnEntry {
  readonly rowKey: string;
  readonly runs: readonly DoneRecord[];
}

export interface ComparedColumn {
  readonly comparisons: readonly Comparison[];
  readonly ranks: ReadonlyMap<string, RankInterval>;
  readonly gaps: ReadonlyMap<string, Gap>;
}

/**
 * Compares every two entries of a column and derives the places each may have (`rankRule` in words). Entries that can't
 * be separated have overlapping places.
 */
export function compareColumn(entries: readonly ColumnEntry[], metric: TableMetric, alpha = 0.05): ComparedColumn {
  const tested = entries.flatMap((first, i) => entries.slice(i + 1).map((second) => testPair(first, second, metric)));
  const testable = tested.filter(({ p }) => p !== null);
  const { adjusted } = holm(testable.map(({ p }) => p ?? 1), alpha);
  const adjustedP = new Map(testable.map((comparison, i) => [comparison, adjusted[i] ?? 1]));
  const comparisons = tested.map((comparison): Comparison => {
    const p = adjustedP.get(comparison) ?? null;
    const gain = metric.higherIsBetter ? comparison.difference : -comparison.difference;
    const isSeparable = p !== null && p <= alpha && gain !== 0;
    return { ...comparison, adjustedP: p, verdict: isSeparable ? (gain > 0 ? 1 : -1) : 0 };
  });
  const ranks = entries.map(({ rowKey }) => {
    const better = comparisons.filter((each) => verdictFor(rowKey, each) < 0);
    const worse = comparisons.filter((each) => verdictFor(rowKey, each) > 0);
    return [rowKey, { best: 1 + better.length, worst: entries.length - worse.length }] as const;
  });
  return { comparisons, ranks: new Map(ranks), gaps: gapsToBest(entries, comparisons, metric) };
}

/** Every entry beside the one with the best mean; of several with that mean, the first. */
function gapsToBest(
  entries: readonly ColumnEntry[],
  comparisons: readonly Comparison[],
  metric: TableMetric,
): ReadonlyMap<string, Gap> {
  const sign = metric.higherIsBetter ? 1 : -1;
  const meanOf = ({ runs }: ColumnEntry): number => sign * (mean(runs.map((run) => valueOf(run, metric))) ?? Number.NaN);
  const [best] = entries.toSorted((a, b) => meanOf(b) - meanOf(a));
  return new Map(
    entries.flatMap((entry): readonly (readonly [string, Gap])[] => {
      if (entry === best) return [[entry.rowKey, { difference: 0, isSeparable: false }]];
      const own = comparisons.find(
        ({ first, second }) =>
          (first === entry.rowKey && second === best?.rowKey) || (first === best?.rowKey && second === entry.rowKey),
      );
      if (own === undefined) return [];
      const difference = own.first === entry.rowKey ? own.difference : -own.difference;
      return [[entry.rowKey, { difference, isSeparable: own.verdict !== 0 }]];
    }),
  );
}

/** The verdict from the side of one entry: +1 better, −1 worse, 0 not separable or not its comparison. */
function verdictFor(rowKey: string, { first, second, verdict }: Comparison): number {
  return first === rowKey ? verdict : second === rowKey ? -verdict : 0;
}

type Tested = Omit<Comparison, 'adjustedP' | 'verdict'>;

interface RunPair {
  readonly first: DoneRecord;
  readonly second: DoneRecord;
}

function testPair(first: ColumnEntry, second: ColumnEntry, metric: TableMetric): Tested {
  const names = { first: first.rowKey, second: second.rowKey };
  const pairs = sameItems(first.runs, second.runs);
  if (pairs.length === 0) return { ...names, ...testUnpaired(first.runs, second.runs, metric) };
  const a = pairs.map((pair) => valueOf(pair.first, metric));
  const b = pairs.map((pair) => valueOf(pair.second, metric));
  const paired = pairedTest(a, b);
  const { low, high, sd } = paired;
  // differences like 0.70 − 0.66 and 0.60 − 0.56 differ in their last bits only
  const rounding = 1e-12 * Math.max(...[...a, ...b].map(Math.abs));
  const shared = { ...names, difference: paired.meanDifference ?? 0, pairs: pairs.length };
  if (paired.p !== null && sd !== null && sd > rounding) {
    return { ...shared, test: 'paired-t', p: paired.p, interval: low === null || high === null ? null : [low, high] };
  }
  const p = metric.name === 'accuracy' && metric.split === 'test' ? pooledMcNemar(pairs) : null;
  return { ...shared, test: p === null ? 'none' : 'mcnemar', p, interval: null };
}

/** Runs of the same seed whose draws are the same: both were tested on the same items in the same order. */
function sameItems(first: readonly DoneRecord[], second: readonly DoneRecord[]): readonly RunPair[] {
  return first.flatMap((run) => {
    const partner = second.find(
      (other) =>
        other.seed === run.seed &&
        other.drawn.splitDigest === run.drawn.splitDigest &&
        other.spec.split.test === run.spec.split.test &&
        other.spec.task.digest === run.spec.task.digest,
    );
    return partner === undefined ? [] : [{ first: run, second: partner }];
  });
}

/** McNemar's exact test over the stored outcomes of all items of all pairs; null where outcomes weren't stored. */
function pooledMcNemar(pairs: readonly RunPair[]): number | null {
  let onlyFirst = 0;
  let onlySecond = 0;
  for (const { first, second } of pairs) {
    if (first.result.correct === null || second.result.correct === null) return null;
    const count = first.spec.split.test;
    const a = decodeBits(first.result.correct, count);
    const b = decodeBits(second.result.correct, count);
    for (let i = 0; i < count; i++) {
      if (a[i] === 1 && b[i] === 0) onlyFirst++;
      if (a[i] === 0 && b[i] === 1) onlySecond++;
    }
  }
  return mcNemar(onlyFirst, onlySecond).exactP;
}

function testUnpaired(
  first: readonly DoneRecord[],
  second: readonly DoneRecord[],
  metric: TableMetric,
): Omit<Tested, 'first' | 'second'> {
  const [a, b] = [estimate(first, metric), estimate(second, metric)];
  const welch = welchTest(a, b);
  return {
    difference: a.mean - b.mean,
    pairs: 0,
    test: welch === null ? 'none' : 'welch',
    p: welch?.p ?? null,
    interval: welch === null ? null : [welch.low, welch.high],
  };
}

/** Mean, its squared standard error and degrees of freedom; for a single run the binomial error of its test items, where it has one. */
function estimate(runs: readonly DoneRecord[], metric: TableMetric): { mean: number; variance: number; df: number } {
  const { n, mean: centre, standardError, df } = meanAndInterval(runs.map((run) => valueOf(run, metric)));
  if (centre === null) return { mean: 0, variance: 0, df: 0 };
  if (n > 1 && standardError !== null) return { mean: centre, variance: standardError * standardError, df };
  const first = runs[0];
  const items = first === undefined ? 0 : (metricOf(first, metric)?.n ?? 0);
  if (metric.madeOf !== undefined || items < 2 || centre < 0 || centre > 1) return { mean: centre, variance: 0, df: 0 };
  // two successes and two failures more (Agresti, Coull 1998): no zero error at 0 and 1
  const share = (centre * items + 2) / (items + 4);
  return { mean: centre, variance: (share * (1 - share)) / (items + 4), df: items - 1 };
}

function valueOf(run: DoneRecord, metric: TableMetric): number {
  return metricOf(run, metric)?.value ?? Number.NaN;
}

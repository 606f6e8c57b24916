import { chiSquaredUpperTail, incompleteBeta, normalUpperTail, studentUpperTail } from './distributions.ts';
import { meanAndInterval } from './intervals.ts';
import { sum } from './moments.ts';
import { averageRanks, tieSum } from './ranks.ts';

export interface PairedTest {
  readonly n: number;
  readonly meanDifference: number | null;
  readonly sd: number | null;
  /** Null below two pairs and where all differences are equal. */
  readonly t: number | null;
  readonly df: number;
  /** Two-sided. */
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** The larger p of the two one-sided tests of |mean difference| < margin (TOST). */
  readonly equivalenceP: number | null;
}

/**
 * The paired t-test on d = a − b with its interval, and two one-sided tests for equivalence within ± `margin` (in the
 * unit of the values).
 *
 * @throws RangeError when the lists differ in length.
 */
export function pairedTest(a: readonly number[], b: readonly number[], level = 0.95, margin = 1): PairedTest {
  const differences = pairDifferences(a, b);
  const { n, mean, sd, standardError, df, low, high } = meanAndInterval(differences, level);
  const counts = {
    wins: differences.filter((d) => d > 0).length,
    ties: differences.filter((d) => d === 0).length,
    losses: differences.filter((d) => d < 0).length,
  };
  const shared = { n, meanDifference: mean, sd, df, low, high, ...counts };
  if (mean === null || standardError === null || standardError === 0) {
    return { ...shared, t: null, p: null, equivalenceP: null };
  }
  const t = mean / standardError;
  return {
    ...shared,
    t,
    p: 2 * studentUpperTail(Math.abs(t), df),
    equivalenceP: Math.max(
      studentUpperTail((mean + margin) / standardError, df),
      studentUpperTail((margin - mean) / standardError, df),
    ),
  };
}

export interface Wilcoxon {
  /** The smaller of the two rank sums. */
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal approximation';
  /** Pairs that aren't equal. */
  readonly usedPairs: number;
}

/**
 * Wilcoxon's signed-rank test on a − b: zeros dropped; exact unless there are ties or zeros, else normal with the
 * correction for ties and none for continuity. Null where no pair is left.
 *
 * @throws RangeError when the lists differ in length.
 */
export function wilcoxonSignedRank(a: readonly number[], b: readonly number[]): Wilcoxon | null {
  const all = pairDifferences(a, b);
  const used = all.filter((d) => d !== 0);
  const n = used.length;
  if (n === 0) return null;
  const sizes = used.map(Math.abs);
  const ranks = averageRanks(sizes);
  const positive = sum(ranks.filter((_, i) => (used[i] ?? 0) > 0));
  const statistic = Math.min(positive, (n * (n + 1)) / 2 - positive);
  const ties = tieSum(sizes);
  if (ties === 0 && n === all.length) {
    return { statistic, p: Math.min(1, 2 * exactRankSumTail(statistic, n)), method: 'exact', usedPairs: n };
  }
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  const z = (statistic - (n * (n + 1)) / 4) / Math.sqrt(variance);
  return { statistic, p: Math.min(1, 2 * normalUpperTail(Math.abs(z))), method: 'normal approximation', usedPairs: n };
}

/** P(W ≤ w) where each of the ranks 1 … n counts with probability ½. */
function exactRankSumTail(w: number, n: number): number {
  let probabilities = [1];
  for (let rank = 1; rank <= n; rank++) {
    const next = new Array<number>(probabilities.length + rank).fill(0);
    probabilities.forEach((p, total) => {
      next[total] = (next[total] ?? 0) + p / 2;
      next[total + rank] = (next[total + rank] ?? 0) + p / 2;
    });
    probabilities = next;
  }
  return sum(probabilities.slice(0, Math.floor(w) + 1));
}

export interface McNemar {
  /** Two-sided binomial test of the discordant items. */
  readonly exactP: number;
  /** With the correction for continuity; null without discordant items. */
  readonly chiSquared: number | null;
  readonly chiSquaredP: number | null;
}

/** McNemar's test of two classifiers on the same items, from the items that only one of them has right. */
export function mcNemar(onlyFirstRight: number, onlySecondRight: number): McNemar {
  const n = onlyFirstRight + onlySecondRight;
  if (n === 0) return { exactP: 1, chiSquared: null, chiSquaredP: null };
  const fewer = Math.min(onlyFirstRight, onlySecondRight);
  // P(X ≤ k) of a fair binomial is I_½(n − k, k + 1)
  const exactP = Math.min(1, 2 * incompleteBeta(0.5, n - fewer, fewer + 1));
  const excess = Math.abs(onlyFirstRight - onlySecondRight) - 1;
  const chiSquared = (excess * excess) / n;
  return { exactP, chiSquared, chiSquaredP: chiSquaredUpperTail(chiSquared, 1) };
}

export interface Holm {
  readonly adjusted: readonly number[];
  readonly reject: readonly boolean[];
}

/** Holm's step-down correction, in the order of the input. */
export function holm(p: readonly number[], alpha = 0.05): Holm {
  const order = p.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const adjusted = new Array<number>(p.length).fill(1);
  let largest = 0;
  order.forEach(({ value, index }, place) => {
    largest = Math.min(1, Math.max(largest, (p.length - place) * value));
    adjusted[index] = largest;
  });
  return { adjusted, reject: adjusted.map((value) => value <= alpha) };
}

export interface Spearman {
  readonly rho: number | null;
  /** Two-sided, from Student's t with n − 2 degrees of freedom. */
  readonly p: number | null;
}

/**
 * Spearman's rank correlation with average ranks; null where a list is constant or has fewer than two values (p: three).
 *
 * @throws RangeError when the lists differ in length.
 */
export function spearman(a: readonly number[], b: readonly number[]): Spearman {
  pairDifferences(a, b);
  const n = a.length;
  const centre = (n + 1) / 2;
  const [x, y] = [averageRanks(a), averageRanks(b)].map((ranks) => ranks.map((rank) => rank - centre));
  if (x === undefined || y === undefined) return { rho: null, p: null };
  const spread = Math.sqrt(sum(x.map((d) => d * d)) * sum(y.map((d) => d * d)));
  if (spread === 0) return { rho: null, p: null };
  const rho = Math.max(-1, Math.min(1, sum(x.map((d, i) => d * (y[i] ?? 0))) / spread));
  if (n < 3) return { rho, p: null };
  const t = Math.abs(rho) * Math.sqrt((n - 2) / ((1 - rho) * (1 + rho)));
  return { rho, p: 2 * studentUpperTail(t, n - 2) };
}

function pairDifferences(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length !== b.length) throw new RangeError(`paired lists have ${a.length} and ${b.length} values`);
  return a.map((value, i) => value - (b[i] ?? Number.NaN));
}

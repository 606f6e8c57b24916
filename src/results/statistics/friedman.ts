import {
  chiSquaredUpperTail,
  fisherUpperTail,
  studentizedRangeUpperQuantile,
  studentizedRangeUpperTail,
} from './distributions.ts';
import { sum } from './moments.ts';
import { averageRanks, tieSum } from './ranks.ts';

export interface Friedman {
  /** Per data set, ranks of the methods: best = 1, ties averaged. */
  readonly ranks: readonly (readonly number[])[];
  readonly meanRanks: readonly number[];
  /** Chi-squared with the correction for ties; null with one data set or where everything is equal. */
  readonly friedman: number | null;
  readonly friedmanP: number | null;
  /** F = (N − 1)X / (N(k − 1) − X); null also where the order is the same everywhere (division by zero). */
  readonly imanDavenport: number | null;
  readonly imanDavenportP: number | null;
  /** Nemenyi's critical difference of mean ranks; null with one data set. */
  readonly criticalDifference: number | null;
  readonly nemenyiP: readonly (readonly number[])[] | null;
}

/**
 * Friedman's test with Iman and Davenport's F and Nemenyi's comparisons (Demšar 2006).
 *
 * @param scores per data set the scores of the methods, higher is better: [N][k]
 * @throws RangeError when the rows differ in length or there are fewer than two methods.
 */
export function friedmanTest(scores: readonly (readonly number[])[], alpha = 0.05): Friedman {
  const n = scores.length;
  const k = scores[0]?.length ?? 0;
  if (k < 2 || scores.some((row) => row.length !== k)) {
    throw new RangeError('Friedman: every data set needs a score of every method, and there must be two methods or more');
  }
  const ranks = scores.map((row) => averageRanks(row.map((score) => -score)));
  const meanRanks = Array.from({ length: k }, (_, j) => sum(ranks.map((row) => row[j] ?? 0)) / n);
  if (n < 2) return { ranks, meanRanks, ...undefinedTest, criticalDifference: null, nemenyiP: null };
  const standardError = Math.sqrt((k * (k + 1)) / (6 * n));
  const criticalDifference = nemenyiQuantile(k, alpha) * standardError;
  const tieFactor = 1 - sum(scores.map(tieSum)) / (n * k * (k * k - 1));
  if (tieFactor < 1e-12) return { ranks, meanRanks, ...undefinedTest, criticalDifference, nemenyiP: null };
  const spread = sum(meanRanks.map((rank) => (rank - (k + 1) / 2) * (rank - (k + 1) / 2)));
  const chiSquared = (12 * n * spread) / (k * (k + 1)) / tieFactor;
  const rest = n * (k - 1) - chiSquared;
  const isSameOrder = rest < 1e-9 * n * (k - 1);
  const imanDavenport = isSameOrder ? null : ((n - 1) * chiSquared) / rest;
  return {
    ranks,
    meanRanks,
    friedman: chiSquared,
    friedmanP: chiSquaredUpperTail(chiSquared, k - 1),
    imanDavenport,
    imanDavenportP: imanDavenport === null ? null : fisherUpperTail(imanDavenport, k - 1, (k - 1) * (n - 1)),
    criticalDifference,
    nemenyiP: meanRanks.map((first, i) =>
      meanRanks.map((second, j) =>
        i === j ? 1 : studentizedRangeUpperTail((Math.abs(first - second) / standardError) * Math.SQRT2, k),
      ),
    ),
  };
}

/** q(α, k, ∞) / √2, the factor of Nemenyi's critical difference (Demšar 2006, table 5a). */
export function nemenyiQuantile(methods: number, alpha = 0.05): number {
  return studentizedRangeUpperQuantile(alpha, methods) / Math.SQRT2;
}

const undefinedTest = { friedman: null, friedmanP: null, imanDavenport: null, imanDavenportP: null } as const;

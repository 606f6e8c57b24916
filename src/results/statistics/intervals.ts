import { normalQuantile, studentUpperQuantile } from './distributions.ts';
import { mean, sampleDeviation, sumOfSquares } from './moments.ts';

export interface MeanInterval {
  readonly n: number;
  readonly mean: number | null;
  /** Sample standard deviation (n − 1); null below two values. */
  readonly sd: number | null;
  readonly standardError: number | null;
  readonly df: number;
  /** The t quantile; null without a degree of freedom. */
  readonly critical: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** mean ± t(1 − (1 − level)/2, n − 1)·s/√n. What needs two values is null with fewer. */
export function meanAndInterval(values: readonly number[], level = 0.95): MeanInterval {
  const n = values.length;
  const centre = mean(values);
  const sd = sampleDeviation(values);
  const df = Math.max(0, n - 1);
  const critical = criticalStudent(df, level);
  if (centre === null || sd === null || critical === null) {
    return { n, mean: centre, sd: null, standardError: null, df, critical: null, low: null, high: null };
  }
  const standardError = sd / Math.sqrt(n);
  const half = critical * standardError;
  return { n, mean: centre, sd, standardError, df, critical, low: centre - half, high: centre + half };
}

/** The two-sided critical value of Student's t; null without a degree of freedom. */
export function criticalStudent(df: number, level: number): number | null {
  return df > 0 ? studentUpperQuantile((1 - level) / 2, df) : null;
}

/** 1.96·σ/√n with the population σ: the narrower rule of some published code (CoOp's), for comparison only. */
export function normalPopulationHalfWidth(values: readonly number[]): number | null {
  const squares = sumOfSquares(values);
  return squares === null ? null : (1.96 * Math.sqrt(squares / values.length)) / Math.sqrt(values.length);
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of k successes in n trials; null without a trial. */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval | null {
  if (trials <= 0) return null;
  const z = -normalQuantile((1 - level) / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

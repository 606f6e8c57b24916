import { studentUpperTail } from './distributions.ts';
import { criticalStudent } from './intervals.ts';

/** A mean, its squared standard error and the degrees of freedom of that. */
export interface Estimate {
  readonly mean: number;
  readonly variance: number;
  readonly df: number;
}

export interface Welch {
  readonly difference: number;
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Welch's test of two independent means, degrees of freedom by Satterthwaite; null where neither has an error or a
 * degree of freedom is missing.
 */
export function welchTest(a: Estimate, b: Estimate, level = 0.95): Welch | null {
  const variance = a.variance + b.variance;
  if (!(variance > 0) || a.df <= 0 || b.df <= 0) return null;
  const df = (variance * variance) / ((a.variance * a.variance) / a.df + (b.variance * b.variance) / b.df);
  const standardError = Math.sqrt(variance);
  const difference = a.mean - b.mean;
  const half = (criticalStudent(df, level) ?? 0) * standardError;
  const p = 2 * studentUpperTail(Math.abs(difference) / standardError, df);
  return { difference, df, p, low: difference - half, high: difference + half };
}

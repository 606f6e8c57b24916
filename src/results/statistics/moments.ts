/** Mean of the values; null of none. The second pass takes the rounding of the first out. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const first = sum(values) / values.length;
  return first + sum(values.map((value) => value - first)) / values.length;
}

/** Sample standard deviation, n − 1 in the denominator, in two passes; null below two values. */
export function sampleDeviation(values: readonly number[]): number | null {
  const variance = sumOfSquares(values);
  return variance === null || values.length < 2 ? null : Math.sqrt(variance / (values.length - 1));
}

/** Σ (x − mean)², corrected for the rounding of the mean; null of none. */
export function sumOfSquares(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null) return null;
  const deviations = values.map((value) => value - centre);
  const drift = sum(deviations);
  return Math.max(0, sum(deviations.map((d) => d * d)) - (drift * drift) / values.length);
}

/** A quantile by linear interpolation between order statistics (position p·(n − 1)), 0 ≤ p ≤ 1; null of none. */
export function linearQuantile(sorted: readonly number[], p: number): number | null {
  const position = p * (sorted.length - 1);
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  return low === undefined || high === undefined ? null : low + (high - low) * (position - Math.floor(position));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

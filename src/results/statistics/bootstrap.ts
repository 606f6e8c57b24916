import { normalQuantile, normalUpperTail } from './distributions.ts';
import { linearQuantile, mean, sampleDeviation, sum } from './moments.ts';

export interface Bootstrap {
  readonly mean: number | null;
  /** Standard deviation (B − 1) of the resampled means. */
  readonly standardError: number | null;
  readonly percentile: readonly [number, number] | null;
  readonly basic: readonly [number, number] | null;
  /** Bias-corrected and accelerated; null where either is undefined (no spread, all resamples on one side). */
  readonly bca: readonly [number, number] | null;
}

/**
 * Intervals of a mean from given resamples: row b of `resamples` holds the indices of θ_b = mean(x[index]).
 * Percentile: linear quantiles; basic: 2θ − quantiles; BCa: z₀ = Φ⁻¹((#(θ_b < θ) + #(θ_b ≤ θ)) / 2B), acceleration from
 * the jackknife (Efron, Tibshirani 1993).
 *
 * @throws RangeError when an index is outside the values.
 */
export function bootstrapMean(
  values: readonly number[],
  resamples: readonly ArrayLike<number>[],
  level = 0.95,
): Bootstrap {
  const theta = values.length === 0 ? null : sum(values) / values.length;
  if (theta === null || resamples.length === 0) {
    return { mean: theta, standardError: null, percentile: null, basic: null, bca: null };
  }
  const means = resamples.map((indices) => resampledMean(values, indices));
  const sorted = [...means].sort((a, b) => a - b);
  const tails: readonly [number, number] = [(1 - level) / 2, 1 - (1 - level) / 2];
  const percentile = quantiles(sorted, tails);
  const adjusted = acceleratedTails(values, means, theta, tails);
  return {
    mean: theta,
    standardError: sampleDeviation(means),
    percentile,
    basic: percentile === null ? null : [2 * theta - percentile[1], 2 * theta - percentile[0]],
    bca: adjusted === null ? null : quantiles(sorted, adjusted),
  };
}

function resampledMean(values: readonly number[], indices: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < indices.length; i++) {
    const value = values[indices[i] ?? -1];
    if (value === undefined) throw new RangeError(`resample index ${indices[i]} is outside the ${values.length} values`);
    total += value;
  }
  return total / indices.length;
}

function quantiles(sorted: readonly number[], at: readonly [number, number]): readonly [number, number] | null {
  const low = linearQuantile(sorted, at[0]);
  const high = linearQuantile(sorted, at[1]);
  return low === null || high === null ? null : [low, high];
}

function acceleratedTails(
  values: readonly number[],
  means: readonly number[],
  theta: number,
  tails: readonly [number, number],
): readonly [number, number] | null {
  const n = values.length;
  const centre = mean(values);
  if (n < 2 || centre === null) return null;
  const below = means.filter((value) => value < theta).length;
  const notAbove = means.filter((value) => value <= theta).length;
  const bias = normalQuantile((below + notAbove) / (2 * means.length));
  // the jackknife mean without x_i differs from their mean by (mean − x_i) / (n − 1)
  const jackknife = values.map((value) => (value - centre) / (n - 1));
  const squares = sum(jackknife.map((d) => d * d));
  if (squares === 0 || !Number.isFinite(bias)) return null;
  const acceleration = sum(jackknife.map((d) => d * d * d)) / (6 * squares * Math.sqrt(squares));
  const shifted = (p: number): number => {
    const z = bias + normalQuantile(p);
    return normalUpperTail(-(bias + z / (1 - acceleration * z)));
  };
  return [shifted(tails[0]), shifted(tails[1])];
}

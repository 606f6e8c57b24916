import { naturalLog } from '../random/index.ts';

/** What CMA-ES settles before its first generation; the symbols are those of Hansen's tutorial. */
export interface CmaEsConstants {
  /** λ, candidates a generation. */
  readonly population: number;
  /** μ = ⌊λ/2⌋, of which the new mean is made. */
  readonly parents: number;
  /** w, `[λ]`, best candidate first: the first μ add up to 1, the rest are zero or below. */
  readonly weights: Float64Array;
  /** μ_eff = 1/Σ w_i² over the parents: how many equal parents would average as well. */
  readonly effectiveParents: number;
  /** c_σ and d_σ, of the step size. */
  readonly stepCumulation: number;
  readonly stepDamping: number;
  /** c_c, of the path that the rank-one update follows. */
  readonly pathCumulation: number;
  /** c_1 and c_μ, the learning rates of the covariance matrix. */
  readonly rankOne: number;
  readonly rankMu: number;
  /** χ_n ≈ E‖N(0, I)‖. */
  readonly expectedLength: number;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const sumOfSquares = (values: Float64Array): number => values.reduce((total, value) => total + value * value, 0);
const effective = (values: Float64Array): number => (sum(values) * sum(values)) / sumOfSquares(values);

/** Equations 50–53: the negative weights together come to the least of three bounds, the last of which keeps C positive definite. */
function negativeTotal(dimension: number, effectiveParents: number, effectiveRest: number, rankOne: number, rankMu: number): number {
  return Math.min(
    1 + rankOne / rankMu,
    1 + (2 * effectiveRest) / (effectiveParents + 2),
    (1 - rankOne - rankMu) / (dimension * rankMu),
  );
}

/**
 * The default constants in `dimension` ≥ 1 numbers, λ = 4 + ⌊3 ln n⌋ unless given (a whole number from 2 on). `diagonal`: those
 * of sep-CMA-ES, whose learning rates are (n + 2)/3 times as large and which has no negative weights. Throws a RangeError for
 * another λ. Sources: Hansen, *The CMA Evolution Strategy: A Tutorial* (arXiv 1604.00772v2), Table 1 and equations 49–58; Ros
 * and Hansen 2008 (PPSN X) for the diagonal.
 */
export function cmaEsConstants(dimension: number, given?: number, diagonal = false): CmaEsConstants {
  const n = dimension;
  const population = given ?? 4 + Math.floor(3 * naturalLog(n));
  if (!Number.isInteger(population) || population < 2) {
    throw new RangeError(`The population of CMA-ES is a whole number from 2 on, found ${population}.`);
  }
  const parents = Math.floor(population / 2);
  // equation 49: w′_i = ln((λ + 1)/2) − ln i
  const raw = Float64Array.from({ length: population }, (_, i) => naturalLog((population + 1) / 2) - naturalLog(i + 1));
  const [best, rest] = [raw.subarray(0, parents), raw.subarray(parents)];
  const mass = effective(best);

  const faster = diagonal ? (n + 2) / 3 : 1;
  const rankOne = Math.min(1, (faster * 2) / ((n + 1.3) * (n + 1.3) + mass));
  const rankMu = Math.min(1 - rankOne, (faster * 2 * (0.25 + mass + 1 / mass - 2)) / ((n + 2) * (n + 2) + mass));

  const below = diagonal ? 0 : negativeTotal(n, mass, effective(rest), rankOne, rankMu);
  const [totalAbove, totalBelow] = [sum(best), -sum(rest)];
  const stepCumulation = (mass + 2) / (n + mass + 5);
  return {
    population,
    parents,
    weights: raw.map((weight, i) => (i < parents ? weight / totalAbove : diagonal ? 0 : (weight * below) / totalBelow)),
    effectiveParents: mass,
    stepCumulation,
    stepDamping: 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + stepCumulation,
    pathCumulation: (4 + mass / n) / (n + 4 + (2 * mass) / n),
    rankOne,
    rankMu,
    expectedLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

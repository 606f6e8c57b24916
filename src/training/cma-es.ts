import { exponential, integerPower } from '../random/index.ts';
import type { Generator } from '../random/index.ts';
import { cmaEsConstants } from './cma-es-constants.ts';
import type { CmaEsConstants } from './cma-es-constants.ts';
import { diagonalCovariance, fullCovariance } from './cma-es-covariance.ts';
import type { CmaEsCovariance } from './cma-es-covariance.ts';
import { rankedLosses } from './ranked-losses.ts';

/** A point of the curve of a search. */
export interface SearchPoint {
  /** How many evaluations had been spent. */
  readonly evaluations: number;
  readonly loss: number;
}

export interface CmaEsSearch {
  /** The first mean, `[n]`, n ≥ 1. */
  readonly start: Float64Array;
  /** The first standard deviation in every direction, in the units of `start`. */
  readonly sigma: number;
  /** The budget: at most so many candidates, a whole number, are put through the loss, in whole generations. */
  readonly evaluations: number;
  /** λ, candidates a generation; 4 + ⌊3 ln n⌋ if absent. */
  readonly population?: number;
  /** Learn a variance for every number and no covariances (sep-CMA-ES): linear in n, and learnt about n/3 times as fast. */
  readonly diagonal?: boolean;
  /** Draws the candidates; every generation has a stream of its own. */
  readonly generator: Generator;
  /** The losses of a generation's candidates, each `[n]`, in their order: a smaller one is better. */
  readonly loss: (candidates: readonly Float64Array[]) => readonly number[] | Promise<readonly number[]>;
  /** Told after every generation how many of how many evaluations are done. */
  readonly report?: (done: number, total: number) => void;
}

export interface CmaEsResult {
  /** The candidate of the smallest finite loss of all, the earliest of equals; `start` if there was none. */
  readonly best: Float64Array;
  /** Its loss; Infinity if no candidate had a finite one. */
  readonly bestLoss: number;
  /** The mean of the distribution after the last generation, `[n]`; it was not put through the loss. */
  readonly mean: Float64Array;
  /** How many candidates were put through the loss. */
  readonly evaluations: number;
  /** The smallest loss so far after every generation. */
  readonly curve: readonly SearchPoint[];
}

/** N(mean, sigma² C), and the two paths of its steps; C is held apart. */
interface Distribution {
  readonly mean: Float64Array;
  readonly sigma: number;
  /** p_σ and p_c, `[n]` each. */
  readonly stepPath: Float64Array;
  readonly path: Float64Array;
  /** How many generations made it. */
  readonly generation: number;
}

/** A draw z of N(0, I) and y = B D z of N(0, C), `[n]` each; the candidate is mean + sigma · y. */
interface Draw {
  readonly z: Float64Array;
  readonly y: Float64Array;
}

const squaredLength = (vector: Float64Array): number => vector.reduce((sum, value) => sum + value * value, 0);

/** a · x + b · y. */
const combine = (a: number, x: Float64Array, b: number, y: Float64Array): Float64Array =>
  x.map((value, i) => a * value + b * (y[i] ?? NaN));

/** Σ weights_i · vectors_i over the vectors there are. */
const weightedSum = (weights: Float64Array, vectors: readonly Float64Array[]): Float64Array =>
  vectors.reduce((sum, vector, i) => combine(1, sum, weights[i] ?? NaN, vector), new Float64Array(vectors[0]?.length ?? 0));

/** The places of the losses from the smallest on; equal ones in order. */
function ranking(losses: readonly number[]): number[] {
  return [...losses.keys()].sort((i, j) => {
    const [a, b] = [losses[i] ?? NaN, losses[j] ?? NaN];
    return a === b ? i - j : a < b ? -1 : 1;
  });
}

/** Moves mean, step size, paths and C by a generation's draws, best first. Equations 41–47 of the tutorial. */
function adapt(old: Distribution, covariance: CmaEsCovariance, draws: readonly Draw[], constants: CmaEsConstants): Distribution {
  const { weights, parents, effectiveParents, stepCumulation, stepDamping, pathCumulation, rankOne, rankMu, expectedLength } = constants;
  const n = old.mean.length;
  const chosen = draws.slice(0, parents);
  // (41), (42): the mean moves by σ⟨y⟩_w
  const step = weightedSum(weights, chosen.map(({ y }) => y));
  // (43), with C^(−1/2)⟨y⟩_w = B⟨z⟩_w
  const whitened = covariance.turn(weightedSum(weights, chosen.map(({ z }) => z)));
  const stepPath = combine(1 - stepCumulation, old.stepPath, Math.sqrt(stepCumulation * (2 - stepCumulation) * effectiveParents), whitened);
  const length = Math.sqrt(squaredLength(stepPath));
  // (44)
  const sigma = old.sigma * exponential((stepCumulation / stepDamping) * (length / expectedLength - 1));
  // (45), where h_σ holds the path still while the step size is still growing fast
  const generation = old.generation + 1;
  const grown = length / Math.sqrt(1 - integerPower(1 - stepCumulation, 2 * generation));
  const moves = grown < (1.4 + 2 / (n + 1)) * expectedLength ? 1 : 0;
  const path = combine(1 - pathCumulation, old.path, moves * Math.sqrt(pathCumulation * (2 - pathCumulation) * effectiveParents), step);
  // (46), (47): a negative weight acts on a step of length √n
  const lost = (1 - moves) * pathCumulation * (2 - pathCumulation);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  covariance.update(1 + rankOne * lost - rankOne - rankMu * total, [
    { weight: rankOne, vector: path },
    ...draws.map(({ y, z }, i) => {
      const weight = weights[i] ?? NaN;
      return { weight: rankMu * (weight < 0 ? (weight * n) / squaredLength(z) : weight), vector: y };
    }),
  ]);
  return { mean: combine(1, old.mean, old.sigma, step), sigma, stepPath, path, generation };
}

function checkStart({ start, sigma }: CmaEsSearch): void {
  if (start.length === 0 || !start.every(Number.isFinite)) {
    throw new RangeError('CMA-ES starts from at least one number, all of them finite.');
  }
  if (!(sigma > 0) || !Number.isFinite(sigma)) throw new RangeError(`The sigma of CMA-ES is a finite number above 0, found ${sigma}.`);
}

/** How many whole generations the budget allows. */
function generationsOf(evaluations: number, population: number): number {
  if (!Number.isInteger(evaluations) || evaluations < population) {
    throw new RangeError(`The evaluations of CMA-ES are a whole number from ${population}, one generation, on, found ${evaluations}.`);
  }
  return Math.floor(evaluations / population);
}

/**
 * (μ/μ_w, λ)-CMA-ES: minimises a loss of n numbers without its gradient, by draws from a normal distribution whose mean, step
 * size (cumulative step-size adaptation) and covariance matrix (rank-one and rank-μ updates, negative weights included) follow
 * the better draws. All constants have their default values, see {@link cmaEsConstants}; nothing is bounded, restarted or
 * stopped early. C is decomposed every max(1, ⌊1/(10 n (c_1 + c_μ))⌋) generations. A candidate whose loss is no finite number
 * ranks last, ties rank in order, and a generation without any finite loss leaves the distribution as it is.
 *
 * Throws a RangeError where the budget is no whole number or below one generation, `start` is empty or not finite, `sigma` is not above 0, the
 * population is below 2, or the loss answers another number of candidates.
 *
 * Sources: Hansen, *The CMA Evolution Strategy: A Tutorial* (arXiv 1604.00772v2); with `diagonal`, Ros and Hansen, *A simple
 * modification in CMA-ES achieving linear time and space complexity* (PPSN X, 2008). Black-box tuning of a prompt uses it in
 * 500 dimensions with λ = 20, sigma 1 and a budget of 8,000 (Sun et al. 2022, arXiv 2201.03514).
 */
export async function cmaEs(search: CmaEsSearch): Promise<CmaEsResult> {
  const { start, sigma, generator, diagonal, report } = search;
  const n = start.length;
  checkStart(search);
  const constants = cmaEsConstants(n, search.population, diagonal);
  const { population, rankOne, rankMu } = constants;
  const generations = generationsOf(search.evaluations, population);
  const every = Math.max(1, Math.floor(1 / (10 * n * (rankOne + rankMu))));
  const covariance = diagonal ? diagonalCovariance(n) : fullCovariance(n, every);
  const curve: SearchPoint[] = [];
  let now: Distribution = { mean: start.slice(), sigma, stepPath: new Float64Array(n), path: new Float64Array(n), generation: 0 };
  let best: Float64Array = start.slice();
  let bestLoss = Infinity;
  for (let generation = 0; generation < generations; generation++) {
    const stream = generator.split('candidates').split(generation);
    const draws = Array.from({ length: population }, (): Draw => {
      const z = Float64Array.from({ length: n }, () => stream.normal());
      return { z, y: covariance.stretch(z) };
    });
    const candidates = draws.map(({ y }) => combine(1, now.mean, now.sigma, y));
    const losses = await rankedLosses(search.loss, candidates.map((candidate) => candidate.slice()));
    const order = ranking(losses);
    const [top = 0] = order;
    const smallest = losses[top] ?? Infinity;
    if (smallest < bestLoss) {
      best = candidates[top] ?? best;
      bestLoss = smallest;
    }
    const ranked = order.flatMap((place) => draws[place] ?? []);
    if (smallest < Infinity) now = adapt(now, covariance, ranked, constants);
    const evaluations = (generation + 1) * population;
    curve.push({ evaluations, loss: bestLoss });
    report?.(evaluations, generations * population);
  }
  return { best, bestLoss, mean: now.mean, evaluations: generations * population, curve };
}

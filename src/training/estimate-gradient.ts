import type { Generator } from '../random/index.ts';
import { countNumbers, disposeParams, tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';

/**
 * A gradient estimated from losses alone, as a black box gives them: from differences along `directions` random unit
 * vectors, at a distance of `smoothing` each. A step takes `directions` + 1 losses.
 */
export interface QueriedGradient {
  readonly by: 'queries';
  readonly directions: number;
  readonly smoothing: number;
}

/** How many losses a step of training takes; one where the loss is differentiated. */
export function lossesPerStep(gradient: QueriedGradient | null | undefined): number {
  return gradient ? gradient.directions + 1 : 1;
}

/** Uniformly drawn from the vectors of length 1. */
function unitVector(size: number, generator: Generator): Float64Array {
  const vector = Float64Array.from(generator.normals(size));
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** A tree of the same names and shapes; `value` is given the place of a number, counted through the whole tree. */
function treeLike(params: Params, value: (place: number, old: number) => number): Params {
  let start = 0;
  return Object.fromEntries(
    Object.entries(params).map(([name, tensor]) => {
      const values = Float32Array.from(tensor.dataSync(), (old, index) => value(start + index, old));
      start += tensor.size;
      return [name, tf.tensor(values, tensor.shape, 'float32')];
    }),
  );
}

/**
 * g = (b/q) Σ_j [ℓ(W + βu_j) − ℓ(W)]/β · u_j over q directions u_j, uniform on the unit sphere in b dimensions: all numbers of
 * the tree taken as one vector W. Its mean over directions is the gradient of ℓ averaged over a ball of radius β. Each
 * direction has a stream of its own. The caller owns the gradients. Source: Tsai, Chen, Ho 2020 (arXiv 2007.08714).
 */
export function estimateGradient(
  loss: (params: Params) => number,
  params: Params,
  { directions, smoothing }: QueriedGradient,
  generator: Generator,
): { readonly loss: number; readonly gradients: Params } {
  const size = countNumbers(params);
  const here = loss(params);
  const sum = new Float64Array(size);
  for (let j = 0; j < directions; j++) {
    const direction = unitVector(size, generator.split(j));
    const moved = treeLike(params, (place, old) => old + smoothing * (direction[place] ?? NaN));
    const slope = (loss(moved) - here) / smoothing;
    disposeParams(moved);
    direction.forEach((value, place) => (sum[place] = (sum[place] ?? NaN) + slope * value));
  }
  return { loss: here, gradients: treeLike(params, (place) => (size / directions) * (sum[place] ?? NaN)) };
}

import { symmetricEigen } from './symmetric-eigen.ts';

/** The covariance matrix C = B D² Bᵀ of a search distribution over n numbers, the identity at first. */
export interface CmaEsCovariance {
  /** y = B D z, `[n]`: a draw of N(0, C) from a draw z of N(0, I). */
  stretch(z: Float64Array): Float64Array;
  /** B z, `[n]`, which is C^(−1/2) y for y = B D z. */
  turn(z: Float64Array): Float64Array;
  /** C ← keep · C + Σ weight · v vᵀ over the terms. */
  update(keep: number, terms: readonly { readonly weight: number; readonly vector: Float64Array }[]): void;
}

/** A variance as a standard deviation; what rounding took below zero counts as none. */
const deviation = (variance: number): number => Math.sqrt(Math.max(0, variance));

/** Of CMA-ES: any C. B and D are computed anew at every `every`-th update, and stay as they were in between. */
export function fullCovariance(n: number, every: number): CmaEsCovariance {
  const identity = (): Float64Array[] => Array.from({ length: n }, (_, i) => new Float64Array(n).fill(1, i, i + 1));
  const covariance = identity();
  let axes: readonly Float64Array[] = identity();
  let lengths: Float64Array = new Float64Array(n).fill(1);
  let updates = 0;

  function turn(z: Float64Array): Float64Array {
    const turned = new Float64Array(n);
    axes.forEach((axis, k) => axis.forEach((value, i) => (turned[i] = (turned[i] ?? NaN) + value * (z[k] ?? NaN))));
    return turned;
  }

  return {
    turn,
    stretch: (z) => turn(z.map((value, k) => value * (lengths[k] ?? NaN))),
    update(keep, terms) {
      covariance.forEach((row, i) => {
        for (let j = 0; j <= i; j++) {
          let value = keep * (row[j] ?? NaN);
          for (const { weight, vector } of terms) value += weight * ((vector[i] ?? NaN) * (vector[j] ?? NaN));
          row[j] = value;
          const mirror = covariance[j];
          if (mirror) mirror[i] = value;
        }
      });
      updates += 1;
      if (updates % every !== 0) return;
      const { values, vectors } = symmetricEigen(covariance);
      axes = vectors;
      lengths = values.map(deviation);
    },
  };
}

/** Of sep-CMA-ES: C stays diagonal, so B is the identity and D² the diagonal itself. */
export function diagonalCovariance(n: number): CmaEsCovariance {
  let variances: Float64Array = new Float64Array(n).fill(1);
  return {
    turn: (z) => z.slice(),
    stretch: (z) => z.map((value, i) => value * deviation(variances[i] ?? NaN)),
    update(keep, terms) {
      variances = variances.map((variance, i) =>
        terms.reduce((value, { weight, vector }) => value + weight * ((vector[i] ?? NaN) * (vector[i] ?? NaN)), keep * variance),
      );
    },
  };
}

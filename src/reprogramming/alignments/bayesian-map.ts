import type { LabelMap } from '../types.ts';
import { checkClass } from './count-matrix.ts';
import type { CountMatrix } from './count-matrix.ts';
import { topRows } from './rows.ts';

/**
 * Bayesian label map: A(s, t) = n(s, t)/(Σ_t n(s, t) + λ), ω(s, t) = A(s, t)/Σ_s A(s, t). λ stands in the denominator
 * alone, so cells without counts stay 0. A target class without counts has a column of zeros (0/0 in the published code).
 * Source: Cai et al. 2024 (arXiv 2410.24018), tmlr-group/BayesianLM `mapping.py`.
 * @throws a `RangeError` for a negative λ.
 */
export function blm(counts: CountMatrix, lambda: number): LabelMap {
  if (!(lambda >= 0)) throw new RangeError(`λ of a Bayesian label map must be 0 or more, not ${lambda}.`);
  const { sources, targets, values } = counts;
  const share = new Float64Array(sources * targets);
  const columnSums = new Float64Array(targets);
  for (let s = 0; s < sources; s++) {
    let rowSum = 0;
    for (let t = 0; t < targets; t++) rowSum += values[s * targets + t] ?? 0;
    if (rowSum === 0) continue;
    for (let t = 0; t < targets; t++) {
      const a = (values[s * targets + t] ?? 0) / (rowSum + lambda);
      share[s * targets + t] = a;
      columnSums[t] = (columnSums[t] ?? 0) + a;
    }
  }
  const weights = Float32Array.from(share, (a, cell) => (a === 0 ? 0 : a / (columnSums[cell % targets] ?? 0)));
  return { sources, targets, weights };
}

/**
 * Bayesian label map from probabilities (BLM+): n(s, t) = Σ_{i: y_i = t} p_s(x_i)·[s among the k most probable of x_i],
 * then as {@link blm}. `probabilities` is `[samples, sources]`; equal probabilities: lower indices count as more probable.
 * The published k is ⌊0.15 · targets⌋, which is 0 below 7 classes: see {@link defaultTop}. Source as {@link blm}.
 * @throws a `RangeError` unless 1 ≤ k ≤ sources, and for labels outside their range.
 */
export function blmPlus(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: { readonly k: number; readonly lambda: number; readonly sources: number; readonly targets: number },
): LabelMap {
  const { k, lambda, sources, targets } = options;
  return blm(probabilityMatrix(probabilities, labels, { k, sources, targets }), lambda);
}

/** n(s, t) of {@link blmPlus}: the summed probabilities of the k most probable source classes of every sample. */
export function probabilityMatrix(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: { readonly k: number; readonly sources: number; readonly targets: number },
): CountMatrix {
  const { k, sources, targets } = options;
  if (probabilities.length !== labels.length * sources) {
    throw new RangeError(
      `${probabilities.length} probabilities were given for ${labels.length} samples of ${sources} source classes.`,
    );
  }
  const top = topRows(probabilities, sources, k);
  const values = new Float64Array(sources * targets);
  for (let i = 0; i < labels.length; i++) {
    const t = checkClass(labels[i], targets, 'target', i);
    for (const s of top.subarray(i * k, (i + 1) * k)) {
      values[s * targets + t] = (values[s * targets + t] ?? 0) + (probabilities[i * sources + s] ?? 0);
    }
  }
  return { sources, targets, values };
}

/** max(1, ⌊0.15 · targets⌋): the k of {@link blmPlus}'s authors, but at least 1, where their code divides 0 by 0. */
export function defaultTop(targets: number): number {
  return Math.max(1, Math.floor((15 * targets) / 100));
}

import { checkClass } from './count-matrix.ts';
import { countSamples } from './linear-read-out.ts';
import type { LabelledFeatures, LinearReadOut } from './linear-read-out.ts';

/**
 * Ridge regression on one-hot labels: the minimum of ‖XWᵀ + b − onehot(y)‖² + α‖W‖², b not penalised, in closed form:
 * centre X and Y, solve (XᵀX + αI)Wᵀ = XᵀY by Cholesky's method in doubles, b = ȳ − Wx̄. Source: scikit-learn `Ridge`.
 * @throws a `RangeError` when α is negative or, at α = 0, the features are linearly dependent.
 */
export function ridge(samples: LabelledFeatures, targets: number, alpha: number): LinearReadOut {
  const count = countSamples(samples);
  const { features, labels, width } = samples;
  if (!(alpha >= 0)) throw new RangeError(`α of ridge regression must be 0 or more, not ${alpha}.`);
  const featureMeans = new Float64Array(width);
  const labelMeans = new Float64Array(targets);
  for (let i = 0; i < count; i++) {
    const t = checkClass(labels[i], targets, 'target', i);
    labelMeans[t] = (labelMeans[t] ?? 0) + 1 / count;
    for (let d = 0; d < width; d++) featureMeans[d] = (featureMeans[d] ?? 0) + (features[i * width + d] ?? 0) / count;
  }
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width * targets);
  const row = new Float64Array(width);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < width; d++) row[d] = (features[i * width + d] ?? 0) - (featureMeans[d] ?? 0);
    for (let d = 0; d < width; d++) {
      const x = row[d] ?? 0;
      for (let e = 0; e <= d; e++) gram[d * width + e] = (gram[d * width + e] ?? 0) + x * (row[e] ?? 0);
      for (let t = 0; t < targets; t++) {
        const y = (labels[i] === t ? 1 : 0) - (labelMeans[t] ?? 0);
        right[d * targets + t] = (right[d * targets + t] ?? 0) + x * y;
      }
    }
  }
  for (let d = 0; d < width; d++) gram[d * width + d] = (gram[d * width + d] ?? 0) + alpha;
  solveSymmetric(gram, right, width, targets);
  const weight = new Float64Array(targets * width);
  const bias = Float64Array.from(labelMeans);
  for (let t = 0; t < targets; t++) {
    for (let d = 0; d < width; d++) {
      const w = right[d * targets + t] ?? 0;
      weight[t * width + d] = w;
      bias[t] = (bias[t] ?? 0) - w * (featureMeans[d] ?? 0);
    }
  }
  return { features: width, targets, weight, bias };
}

/** Solves A·X = B in place: A `[n, n]` positive definite (its lower triangle is read), B `[n, columns]` → X. */
function solveSymmetric(a: Float64Array, b: Float64Array, n: number, columns: number): void {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      const given = a[i * n + j] ?? 0;
      let sum = given;
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] ?? 0) * (a[j * n + k] ?? 0);
      // what is left of a dependent column is rounding
      if (i === j && !(sum > 1e-13 * given)) {
        throw new RangeError('Ridge regression has no unique answer for dependent features: give an α above 0.');
      }
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / (a[j * n + j] ?? 0);
    }
  }
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < n; i++) {
      let sum = b[i * columns + c] ?? 0;
      for (let k = 0; k < i; k++) sum -= (a[i * n + k] ?? 0) * (b[k * columns + c] ?? 0);
      b[i * columns + c] = sum / (a[i * n + i] ?? 0);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i * columns + c] ?? 0;
      for (let k = i + 1; k < n; k++) sum -= (a[k * n + i] ?? 0) * (b[k * columns + c] ?? 0);
      b[i * columns + c] = sum / (a[i * n + i] ?? 0);
    }
  }
}

import { exponential, naturalLog } from '../../random/index.ts';
import { checkClass } from './count-matrix.ts';
import { countSamples } from './linear-read-out.ts';
import type { LabelledFeatures, LinearReadOut } from './linear-read-out.ts';
import { minimise } from './minimise.ts';

/**
 * Softmax regression to convergence: the minimum of Σ_i cross-entropy(W x_i + b, y_i) + ‖W‖²/(2C), b not penalised.
 * At the optimum the rows of W sum to zero; b starts at zero and keeps the sum zero. A class without samples takes part
 * (its bias goes to −∞ in the limit and ends where the gradient is below the bound). Deterministic: zero start, L-BFGS in
 * doubles until no element of the gradient exceeds 1e-7 per sample. Source: scikit-learn `LogisticRegression`.
 * @throws a `RangeError` when C isn't above 0 or a label is outside its range.
 */
export function logisticRegression(samples: LabelledFeatures, targets: number, c: number): LinearReadOut {
  const count = countSamples(samples);
  const { features, labels, width } = samples;
  if (!(c > 0)) throw new RangeError(`C of logistic regression must be above 0, not ${c}.`);
  const classes = Int32Array.from({ length: count }, (_, i) => checkClass(labels[i], targets, 'target', i));
  const biasStart = targets * width;
  const scores = new Float64Array(targets);

  const objective = (x: Float64Array, gradient: Float64Array): number => {
    let value = 0;
    for (let j = 0; j < x.length; j++) {
      const v = x[j] ?? 0;
      gradient[j] = j < biasStart ? v / c : 0;
      if (j < biasStart) value += (v * v) / (2 * c);
    }
    for (let i = 0; i < count; i++) {
      let most = -Infinity;
      for (let t = 0; t < targets; t++) {
        let score = x[biasStart + t] ?? 0;
        for (let d = 0; d < width; d++) score += (x[t * width + d] ?? 0) * (features[i * width + d] ?? 0);
        scores[t] = score;
        most = Math.max(most, score);
      }
      const label = classes[i] ?? 0;
      const own = (scores[label] ?? 0) - most;
      let sum = 0;
      for (let t = 0; t < targets; t++) {
        const e = exponential((scores[t] ?? 0) - most);
        scores[t] = e;
        sum += e;
      }
      value += naturalLog(sum) - own;
      for (let t = 0; t < targets; t++) {
        const error = (scores[t] ?? 0) / sum - (t === label ? 1 : 0);
        gradient[biasStart + t] = (gradient[biasStart + t] ?? 0) + error;
        for (let d = 0; d < width; d++) {
          gradient[t * width + d] = (gradient[t * width + d] ?? 0) + error * (features[i * width + d] ?? 0);
        }
      }
    }
    return value;
  };

  const start = new Float64Array(targets * (width + 1));
  const { x } = minimise(objective, start, { tolerance: 1e-7 * count, iterations: 2000 });
  return { features: width, targets, weight: x.slice(0, biasStart), bias: x.slice(biasStart) };
}

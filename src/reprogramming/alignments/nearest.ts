import { countSamples } from './linear-read-out.ts';
import type { LabelledFeatures } from './linear-read-out.ts';

/** Mean features of every class that has samples. */
export interface ClassMeans {
  /** The classes that have samples, ascending. */
  readonly classes: Int32Array;
  readonly width: number;
  /** `[classes.length, width]`, row-major. */
  readonly means: Float64Array;
}

/** The mean feature vector of every class that has samples. Source: scikit-learn `NearestCentroid`. */
export function classMeans(samples: LabelledFeatures): ClassMeans {
  const count = countSamples(samples);
  const { features, labels, width } = samples;
  const classes = Int32Array.from(new Set(Array.from({ length: count }, (_, i) => labels[i] ?? 0))).sort();
  const means = new Float64Array(classes.length * width);
  classes.forEach((label, row) => {
    let members = 0;
    for (let i = 0; i < count; i++) {
      if (labels[i] !== label) continue;
      members++;
      for (let d = 0; d < width; d++) {
        means[row * width + d] = (means[row * width + d] ?? 0) + (features[i * width + d] ?? 0);
      }
    }
    for (let d = 0; d < width; d++) means[row * width + d] = (means[row * width + d] ?? 0) / members;
  });
  return { classes, width, means };
}

/** Euclidean distances `[rows of a, rows of b]` between vectors of `width` numbers, in doubles. */
export function distances(a: ArrayLike<number>, b: ArrayLike<number>, width: number): Float64Array {
  const [rows, columns] = [a.length / width, b.length / width];
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let d = 0; d < width; d++) {
        const difference = (a[i * width + d] ?? 0) - (b[j * width + d] ?? 0);
        sum += difference * difference;
      }
      result[i * columns + j] = Math.sqrt(sum);
    }
  }
  return result;
}

/** The class with the nearest mean for each row of `features`; equal distances: the lower class. */
export function nearestMean(means: ClassMeans, features: ArrayLike<number>): Int32Array {
  const { classes, width } = means;
  const far = distances(features, means.means, width);
  return Int32Array.from({ length: features.length / width }, (_, i) => {
    let best = 0;
    for (let j = 1; j < classes.length; j++) {
      if ((far[i * classes.length + j] ?? 0) < (far[i * classes.length + best] ?? 0)) best = j;
    }
    return classes[best] ?? 0;
  });
}

/**
 * The majority among the k nearest samples for each row of `features`. Equal distances: the sample that comes first;
 * equal votes: the lowest class. Source: scikit-learn `KNeighborsClassifier`.
 * @throws a `RangeError` unless 1 ≤ k ≤ samples.
 */
export function nearestNeighbours(samples: LabelledFeatures, features: ArrayLike<number>, k: number): Int32Array {
  const count = countSamples(samples);
  if (!(Number.isInteger(k) && k >= 1 && k <= count)) {
    throw new RangeError(`The number of neighbours must be a whole number from 1 to ${count}, not ${k}.`);
  }
  const { labels, width } = samples;
  const far = distances(features, samples.features, width);
  return Int32Array.from({ length: features.length / width }, (_, i) => {
    const order = Array.from({ length: count }, (_unused, j) => j);
    order.sort((a, b) => (far[i * count + a] ?? 0) - (far[i * count + b] ?? 0) || a - b);
    const votes = new Map<number, number>();
    for (const j of order.slice(0, k)) votes.set(labels[j] ?? 0, (votes.get(labels[j] ?? 0) ?? 0) + 1);
    const ranked = [...votes].sort(([a, na], [b, nb]) => nb - na || a - b);
    return ranked[0]?.[0] ?? 0;
  });
}

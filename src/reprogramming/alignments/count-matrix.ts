/**
 * How often, or with how much probability, source class s was seen on samples of target class t:
 * `values` is `[sources, targets]`, row-major. It has a column for every target class, seen or not.
 */
export interface CountMatrix {
  readonly sources: number;
  readonly targets: number;
  readonly values: Int32Array | Float64Array;
}

/**
 * n(s, t) = #{i : predictions_i = s, labels_i = t}. Source: Tsai et al. 2020 (arXiv 2007.08714).
 * @throws a `RangeError` when the lengths differ or a class is outside its range.
 */
export function countMatrix(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  sources: number,
  targets: number,
): CountMatrix {
  if (predictions.length !== labels.length) {
    throw new RangeError(`${predictions.length} predictions were given for ${labels.length} labels.`);
  }
  const values = new Int32Array(sources * targets);
  for (let i = 0; i < labels.length; i++) {
    const s = checkClass(predictions[i], sources, 'source', i);
    const t = checkClass(labels[i], targets, 'target', i);
    values[s * targets + t] = (values[s * targets + t] ?? 0) + 1;
  }
  return { sources, targets, values };
}

/** The class as a number; throws when it isn't a whole number in [0, count). */
export function checkClass(value: number | undefined, count: number, kind: 'source' | 'target', sample: number): number {
  if (value === undefined || !Number.isInteger(value) || value < 0 || value >= count) {
    throw new RangeError(`Sample ${sample} has the ${kind} class ${value}; there are ${count} (0 to ${count - 1}).`);
  }
  return value;
}

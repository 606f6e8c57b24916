/** An affine map from features to target scores, features · Wᵀ + b; `weight` is `[targets, features]`, row-major. */
export interface LinearReadOut {
  readonly features: number;
  readonly targets: number;
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** Scores `[samples, targets]` of features `[samples, features]`. */
export function readOut(map: LinearReadOut, features: ArrayLike<number>): Float64Array {
  const { targets, weight, bias } = map;
  const width = map.features;
  const samples = features.length / width;
  const scores = new Float64Array(samples * targets);
  for (let i = 0; i < samples; i++) {
    for (let t = 0; t < targets; t++) {
      let sum = bias[t] ?? 0;
      for (let d = 0; d < width; d++) sum += (weight[t * width + d] ?? 0) * (features[i * width + d] ?? 0);
      scores[i * targets + t] = sum;
    }
  }
  return scores;
}

/** Features with the labels of their samples. */
export interface LabelledFeatures {
  /** `[samples, width]`, row-major. */
  readonly features: ArrayLike<number>;
  readonly width: number;
  /** The target class of every sample. */
  readonly labels: ArrayLike<number>;
}

/** How many samples there are; throws a `RangeError` when the sizes don't fit or there is none. */
export function countSamples({ features, width, labels }: LabelledFeatures): number {
  if (labels.length === 0 || features.length !== labels.length * width) {
    throw new RangeError(
      `A read-out needs at least one sample and its features: ${features.length} numbers were given for ` +
        `${labels.length} samples of ${width} features.`,
    );
  }
  return labels.length;
}

/** A convolution's weights in PyTorch's layout (out, in, row, column). */
export interface ConvolutionWeights {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Statistics and affine part of a batch normalisation, each `[out]`. */
export interface BatchNormalisation {
  readonly gain: Float32Array;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly eps: number;
}

/**
 * Folds a batch normalisation with running statistics into the convolution before it:
 * w' = w · g/√(v + ε), b' = shift − mean · g/√(v + ε). Computed in double precision, rounded once.
 * Returns the filter `[row, column, in, out]` and the bias `[out]`.
 */
export function foldBatchNorm(
  convolution: ConvolutionWeights,
  { gain, shift, mean, variance, eps }: BatchNormalisation,
): { filter: Float32Array; shape: readonly [number, number, number, number]; bias: Float32Array } {
  const [to = 0, from = 0, rows = 0, columns = 0] = convolution.shape;
  const filter = new Float32Array(convolution.values.length);
  const bias = new Float32Array(to);
  for (let o = 0; o < to; o++) {
    const scale = (gain[o] ?? NaN) / Math.sqrt((variance[o] ?? NaN) + eps);
    bias[o] = (shift[o] ?? NaN) - (mean[o] ?? NaN) * scale;
    for (let i = 0; i < from; i++) {
      for (let place = 0; place < rows * columns; place++) {
        const value = convolution.values[(o * from + i) * rows * columns + place] ?? NaN;
        filter[(place * from + i) * to + o] = value * scale;
      }
    }
  }
  return { filter, shape: [rows, columns, from, to], bias };
}

/** A decoded array, values in row-major order. */
export interface TensorData {
  readonly dtype: 'float32' | 'int32' | 'uint8';
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** What a reader of arrays may be asked. */
export interface ReadOptions {
  /** `'refuse'` (default): NaN and infinite numbers are an error, as they are in weights; `'keep'`: they stay. */
  readonly nonFinite?: 'refuse' | 'keep';
  /** What unsigned bytes become: `'int32'` (default) or, for pictures, `'uint8'`. */
  readonly bytes?: 'int32' | 'uint8';
}

/** The row-major strides of a shape, in elements. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] ?? 1) * Math.max(1, shape[axis + 1] ?? 1);
  }
  return strides;
}

/**
 * The number of elements of a shape. Calls `fail` with a reason when a dimension is not a whole number ≥ 0, when
 * there are more than 32 of them, or when the product passes 2^53.
 */
export function countElements(shape: readonly number[], fail: (reason: string) => never): number {
  if (shape.length > 32) fail(`a shape of ${shape.length} dimensions; at most 32 are read`);
  let product = 1;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      fail(`shape [${shape.join(', ')}]: ${size} is not a whole number ≥ 0`);
    }
    product *= Math.max(1, size);
    if (!Number.isSafeInteger(product)) fail(`shape [${shape.join(', ')}] has more elements than can be counted`);
  }
  return shape.includes(0) ? 0 : product;
}

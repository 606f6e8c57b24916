import { createGenerator } from '../../src/random/index.ts';
import { tf } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';

/** The largest difference of two tensors, relative to the largest number of the second. */
export const largest = (a: Tensor, b: Tensor): number => {
  const scale = Math.max(1e-3, tf.max(tf.abs(b)).dataSync()[0] ?? 0);
  return (tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? Infinity) / scale;
};

/** Normal numbers times `size`, the same for the same name. */
export const drawn = (name: string, shape: readonly number[], size = 1): Tensor =>
  tf.mul(tf.tensor(createGenerator(name).normals(shape.reduce((product, n) => product * n, 1)), [...shape]), size);

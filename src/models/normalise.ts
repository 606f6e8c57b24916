import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { PictureInput } from './types.ts';

/** (x − mean) / std per channel; nothing to do where mean is 0 and std 1. */
export function normalise(x: Tensor, { mean, std }: PictureInput): Tensor {
  if (mean.every((m) => m === 0) && std.every((s) => s === 1)) return x;
  return tf.div(tf.sub(x, tf.tensor1d([...mean])), tf.tensor1d([...std]));
}

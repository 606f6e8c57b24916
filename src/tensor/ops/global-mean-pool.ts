import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** The mean over all places of a picture: `[batch, rows, columns, channels]` → `[batch, channels]`. */
export function globalMeanPool(x: Tensor): Tensor {
  if (x.rank !== 4) {
    throw new Error(`globalMeanPool: x must be [batch, rows, columns, channels], but it is [${x.shape}].`);
  }
  return tf.mean(x, [1, 2]);
}

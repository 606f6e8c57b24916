import * as tf from '@tensorflow/tfjs';
import { mapParams } from '../params.ts';
import type { Params } from '../params.ts';

/**
 * Gradients times min(1, largest/(‖g‖ + 1e-6)), ‖g‖ being the Euclidean norm over the whole tree.
 * Source: `torch.nn.utils.clip_grad_norm_`. Returns new tensors, which the caller owns; disposes nothing.
 * @throws when `largest` is not above 0.
 */
export function clipByGlobalNorm(gradients: Params, largest: number): Params {
  if (!(largest > 0)) throw new Error(`clipByGlobalNorm: the largest norm must be above 0, not ${largest}`);
  return tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => gradient.square().sum());
    if (squares.length === 0) return {};
    const norm = tf.addN(squares).sqrt();
    const factor = tf.minimum(tf.div(largest, norm.add(1e-6)), 1);
    return mapParams(gradients, (gradient) => gradient.mul(factor));
  });
}

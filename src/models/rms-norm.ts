import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';

/**
 * Root-mean-square normalisation over the last axis (Zhang and Sennrich, arXiv 1910.07467): x/√(mean(x²) + eps) · gain.
 * x `[…, width]`, gain `[width]` → `[…, width]`.
 */
export function rmsNorm(x: Tensor, gain: Tensor, eps: number): Tensor {
  const scale = tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), eps));
  return tf.mul(tf.mul(x, scale), gain);
}

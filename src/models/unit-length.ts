import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** Rows `[…, width]` divided by their length; a row of zeros stays. */
export function unitLength(rows: Tensor): Tensor {
  const squares = tf.sum(tf.square(rows), -1, true);
  return tf.div(rows, tf.sqrt(tf.maximum(squares, 1e-24)));
}

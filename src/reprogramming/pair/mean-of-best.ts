import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';

/**
 * The mean of the `best` largest numbers of the last axis, `[…, numbers]` → `[…]`; of equal ones the first. The gradient
 * goes to those alone.
 * @throws RangeError where there are fewer numbers
 */
export function meanOfBest(x: Tensor, best: number): Tensor {
  const numbers = x.shape.at(-1) ?? 0;
  if (!(best >= 1 && best <= numbers)) throw new RangeError(`The best ${best} of ${numbers} numbers can't be taken; choose 1 to ${numbers}.`);
  const rest = x.shape.slice(0, -1);
  const mean = tf.customGrad((values, save) => {
    if (!(values instanceof tf.Tensor) || typeof save !== 'function') throw new Error('The mean of the best needs a tensor.');
    const { values: largest, indices } = tf.topk(values, best);
    // as truth values, one place after the other: graphics cards don't sum up integers
    const each = tf.unstack(tf.cast(tf.oneHot(tf.cast(indices, 'int32'), numbers), 'bool'), rest.length);
    const chosen = each.reduce((some, one) => tf.logicalOr(some, one));
    save([chosen]);
    return {
      value: tf.mean(largest, -1),
      gradFunc: (dy: Tensor, [kept]: Tensor[]) => {
        if (!kept) throw new Error('What was chosen is lost.');
        const shares = tf.tile(tf.reshape(tf.div(dy, best), [...rest, 1]), [...rest.map(() => 1), numbers]);
        return tf.where(kept, shares, tf.zeros(x.shape));
      },
    };
  });
  return mean(x);
}

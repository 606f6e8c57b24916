import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';

/**
 * The mean of −ln softmax(logits)[label] over a batch: logits `[batch, classes]`, labels int32 `[batch]` → scalar.
 * The largest logit is subtracted first, so that no exponential overflows. The gradient with respect to the logits is
 * (softmax(logits) − one-hot(labels))/batch; the labels have none.
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const [batch = 0, classes = 0] = logits.shape;
  if (logits.rank !== 2 || labels.rank !== 1 || labels.size !== batch || labels.dtype !== 'int32') {
    throw new Error(
      `softmaxCrossEntropy: logits must be [batch, classes] and labels int32 [batch], ` +
        `but they are [${logits.shape}] and ${labels.dtype} [${labels.shape}].`,
    );
  }
  return differentiable({
    inputs: { logits },
    forward: (save) => {
      const targets = tf.oneHot(labels.as1D(), classes).toFloat();
      const centred = tf.sub(logits, tf.max(logits, -1, true));
      const exponentials = tf.exp(centred);
      const sums = tf.sum(exponentials, -1, true);
      save([tf.sub(tf.div(exponentials, sums), targets)]);
      return tf.mean(tf.sub(tf.log(sums.as1D()), tf.sum(tf.mul(centred, targets), -1)));
    },
    gradients: (dy, [difference = logits]) => ({ logits: () => tf.mul(difference, tf.div(dy, batch)) }),
  });
}

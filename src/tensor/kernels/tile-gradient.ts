import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/**
 * Replaces the gradient of `tile` where whole tensors are repeated, [r, 1, …] of [1, …]: tfjs slices and adds r times,
 * this sums in one pass, in the same order. Returns how to undo it.
 */
export function replaceTileGradient(): () => void {
  const stock = tf.getGradient('Tile');
  if (!stock) return () => undefined;
  tf.unregisterGradient('Tile');
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const [x] = saved;
      const [, ...others] = attributes['reps'] as number[];
      const whole = x && x.shape[0] === 1 && others.length === x.rank - 1 && others.every((n) => n === 1);
      if (!whole || Array.isArray(dy) || tf.getKernel('AtlasColumnSums', tf.getBackend()) === undefined) {
        return stock.gradFunc(dy, saved, attributes);
      }
      const sums = (): Tensor => tf.engine().runKernel('AtlasColumnSums', { x: dy.reshape([-1, x.size]) });
      return { x: () => sums().reshape(x.shape) };
    },
  });
  return () => {
    tf.unregisterGradient('Tile');
    tf.registerGradient(stock);
  };
}

import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';
import { hasKernel, runKernel } from './run-kernel.ts';

/**
 * The maximum of each 2×2 window, step 2: `[batch, rows, columns, channels]` → `[batch, ⌊rows/2⌋, ⌊columns/2⌋,
 * channels]`. Where maxima tie, the first in row-major order takes the whole gradient.
 */
export function maxPool2x2(x: Tensor): Tensor {
  if (x.rank !== 4) throw new Error(`maxPool2x2: x must be [batch, rows, columns, channels], but it is [${x.shape}].`);
  if (!hasKernel('AtlasMaxPool')) return plainMaxPool2x2(x);
  return differentiable({
    inputs: { x },
    forward: (save) => {
      const y = runKernel('AtlasMaxPool', { x });
      save([x, y]);
      return y;
    },
    gradients: (dy, [savedX = x, y = x]) => ({ x: () => runKernel('AtlasMaxPoolGradient', { x: savedX, y, dy }) }),
  });
}

/** The same by tfjs's op; its gradient exists on the back-ends cpu, node and webgpu. */
export function plainMaxPool2x2(x: Tensor): Tensor {
  return tf.maxPool(x as Tensor4D, 2, 2, 'valid');
}

import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';
import { hasKernel, runKernel } from './run-kernel.ts';

/** max(x, 0), elementwise over any shape; its derivative at 0 is 0. */
export function relu(x: Tensor): Tensor {
  if (!hasKernel('AtlasRelu')) return tf.relu(x);
  return differentiable({
    inputs: { x },
    forward: (save) => {
      const y = runKernel('AtlasRelu', { x });
      save([y]);
      return y;
    },
    // y > 0 exactly where x > 0, and y is kept by what follows anyway
    gradients: (dy, [y = x]) => ({ x: () => runKernel('AtlasReluGradient', { x: y, dy }) }),
  });
}

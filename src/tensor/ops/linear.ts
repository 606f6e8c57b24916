import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';
import { hasKernel, runKernel } from './run-kernel.ts';

/**
 * y = x·w + bias over the last axis: x `[..., in]`, w `[in, out]`, bias `[out]` → `[..., out]`. Throws when the widths
 * do not fit.
 */
export function linear(x: Tensor, w: Tensor, bias?: Tensor): Tensor {
  const width = x.shape.at(-1) ?? 0;
  const [inputs, outputs = 0] = w.shape;
  if (w.rank !== 2 || inputs !== width || (bias && bias.size !== outputs)) {
    throw new Error(
      `linear: for x [${x.shape}] w must be [${width}, outputs] and bias [outputs], ` +
        `but they are [${w.shape}] and [${bias?.shape ?? 'none'}].`,
    );
  }
  if (!hasKernel('AtlasLinear') || x.size * w.size === 0) return plainLinear(x, w, bias);
  return differentiable({
    inputs: { x, w, ...(bias ? { bias } : {}) },
    forward: (save) => {
      save([x, w]);
      return runKernel('AtlasLinear', { x, w, ...(bias ? { bias } : {}) });
    },
    gradients: (dy, [savedX = x, savedW = w]) => {
      const rows = dy.reshape([-1, outputs]);
      return {
        x: () => tf.matMul(rows, savedW, false, true).reshape(x.shape),
        w: () => tf.matMul(savedX.reshape([-1, width]), rows, true, false),
        bias: () => runKernel('AtlasColumnSums', { x: rows }).reshape(bias?.shape ?? [outputs]),
      };
    },
  });
}

/** The same, composed of tfjs's ops. */
export function plainLinear(x: Tensor, w: Tensor, bias?: Tensor): Tensor {
  const product = tf.matMul(x.reshape([-1, w.shape[0] ?? 0]), w);
  return (bias ? tf.add(product, bias) : product).reshape([...x.shape.slice(0, -1), w.shape[1] ?? 0]);
}

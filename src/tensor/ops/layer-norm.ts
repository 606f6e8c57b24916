import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';
import { hasKernel, runKernel } from './run-kernel.ts';

/**
 * Layer normalisation over the last axis (Ba et al. 2016): (x − mean)/√(variance + eps) · gain + shift,
 * with the biased variance. x `[..., width]`, gain and shift `[width]` → `[..., width]`.
 */
export function layerNorm(x: Tensor, gain: Tensor, shift: Tensor, eps: number): Tensor {
  const width = x.shape.at(-1) ?? 0;
  if (gain.size !== width || shift.size !== width) {
    throw new Error(
      `layerNorm: gain and shift must be [${width}] for x [${x.shape}], ` +
        `but they are [${gain.shape}] and [${shift.shape}].`,
    );
  }
  if (!hasKernel('AtlasLayerNorm') || x.size === 0) return plainLayerNorm(x, gain, shift, eps);
  return differentiable({
    inputs: { x, gain, shift },
    forward: (save) => {
      save([x, gain]);
      return runKernel('AtlasLayerNorm', { x, gain, shift }, { eps });
    },
    gradients: (dy, [savedX = x, savedGain = gain]) => ({
      x: () => runKernel('AtlasLayerNormInputGradient', { dy, x: savedX, gain: savedGain }, { eps }),
      gain: () => runKernel('AtlasLayerNormGainGradient', { dy, x: savedX }, { eps }).reshape(gain.shape),
      shift: () => runKernel('AtlasColumnSums', { x: dy }).reshape(shift.shape),
    }),
  });
}

/** The same, composed of tfjs's ops. */
export function plainLayerNorm(x: Tensor, gain: Tensor, shift: Tensor, eps: number): Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, eps))), gain), shift);
}

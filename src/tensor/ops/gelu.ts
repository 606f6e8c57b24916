import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';
import { hasKernel, runKernel } from './run-kernel.ts';

/** `erf`: x·Φ(x); `tanh`: its approximation with tanh; `quick`: x·σ(1.702 x), as in CLIP. */
export type GeluKind = 'erf' | 'tanh' | 'quick';

const kernelNames: Readonly<Record<GeluKind, string>> = {
  erf: 'AtlasGeluErf', tanh: 'AtlasGeluTanh', quick: 'AtlasGeluQuick',
};

/** Gaussian error linear unit (Hendrycks and Gimpel 2016), elementwise over any shape. */
export function gelu(x: Tensor, kind: GeluKind): Tensor {
  const name = kernelNames[kind];
  if (!hasKernel(name)) return plainGelu(x, kind);
  return differentiable({
    inputs: { x },
    forward: (save) => {
      save([x]);
      return runKernel(name, { x });
    },
    gradients: (dy, [saved = x]) => ({ x: () => runKernel(`${name}Gradient`, { x: saved, dy }) }),
  });
}

const compositions: Readonly<Record<GeluKind, (x: Tensor) => Tensor>> = {
  erf: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  tanh: (x) => {
    const inner = tf.mul(tf.add(x, tf.mul(tf.mul(tf.mul(x, x), x), 0.044715)), 0.7978845608028654); // √(2/π)
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
  },
  quick: (x) => tf.mul(x, tf.sigmoid(tf.mul(x, 1.702))),
};

/** The same, composed of tfjs's ops. */
export function plainGelu(x: Tensor, kind: GeluKind): Tensor {
  return compositions[kind](x);
}

import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { entry } from '../params.ts';
import type { Params } from '../params.ts';

/**
 * Linear layers with an activation between them: torch's `Sequential` under a name, `<name>.0.weight` `[out, in]`,
 * `<name>.0.bias`, `<name>.2.weight`, …; x `[rows, in]` → `[rows, out]`.
 */
export function layeredHead(params: Params, name: string, activation: (x: Tensor) => Tensor, x: Tensor): Tensor {
  const layers = Object.keys(params)
    .flatMap((key) => {
      const [prefix, rest] = [`${name}.`, '.weight'];
      return key.startsWith(prefix) && key.endsWith(rest) ? [Number(key.slice(prefix.length, -rest.length))] : [];
    })
    .sort((a, b) => a - b);
  if (layers.length === 0) throw new Error(`There is no layer below '${name}' among ${Object.keys(params).join(', ')}.`);
  return layers.reduce((state, layer, index) => {
    const input = index === 0 ? state : activation(state);
    const product = tf.matMul(input, entry(params, `${name}.${layer}.weight`), false, true);
    return tf.add(product, entry(params, `${name}.${layer}.bias`));
  }, x);
}

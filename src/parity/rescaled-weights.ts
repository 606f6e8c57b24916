import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { changedLayers, isTarget, withChanged } from './peft-weights.ts';

/**
 * (IA)³ (Liu et al., arXiv 2205.05638) as PEFT has it, in the weights: (x·W + b)·l, and (x·l)·W + b for the layers of
 * `feedforward`; W `[in, out]`. On GPT-2's fused projection it scales the queries, too.
 */
export function rescaledWeights(scales: Params, weights: Params, feedforward: readonly string[]): Params {
  type Change = readonly [weight: string, (tensor: Tensor) => Tensor];
  const changes = changedLayers(scales).flatMap(({ module, layer, part, tensor }): Change[] => {
    if (part !== 'ia3_l') throw new Error(`Nothing here stands for the stored parameter '${module}.${part}'.`);
    const times = (shape: number[]) => (weight: Tensor): Tensor => tf.mul(weight, tf.reshape(tensor, shape));
    return isTarget(module, feedforward)
      ? [[`${layer}.weight`, times([-1, 1])]]
      : [
          [`${layer}.weight`, times([1, -1])],
          [`${layer}.bias`, times([-1])],
        ];
  });
  return withChanged(weights, new Map(changes));
}

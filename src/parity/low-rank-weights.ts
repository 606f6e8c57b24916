import { entry, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { changedLayers, withChanged } from './peft-weights.ts';

/**
 * LoRA (Hu et al., arXiv 2106.09685) as PEFT has it: W + (α/r)·AᵀBᵀ for each layer that has factors, W `[in, out]`,
 * A `[r, in]`, B `[out, r]`.
 */
export function lowRankWeights(
  factors: Params,
  weights: Params,
  { rank, alpha }: { readonly rank: number; readonly alpha: number },
): Params {
  const changes = changedLayers(factors).flatMap(({ module, layer, part, tensor: down }) => {
    if (part !== 'lora_A.weight') return [];
    const up = entry(factors, `${module}.lora_B.weight`);
    const added = tf.mul(tf.matMul(down, up, true, true), alpha / rank);
    return [[`${layer}.weight`, (weight: Tensor): Tensor => tf.add(weight, added)] as const];
  });
  return withChanged(weights, new Map(changes));
}

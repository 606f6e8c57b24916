import * as tf from '@tensorflow/tfjs';
import { optimiserFromRule } from './optimiser.ts';
import type { Optimiser } from './optimiser.ts';

/** Settings of {@link adamax}. */
export interface AdamaxOptions {
  /** Decay rates of the first moment and of the infinity norm; default (0.9, 0.999). */
  readonly betas?: readonly [number, number];
  /** Added to |g| before the maximum is taken; default 1e-8. */
  readonly eps?: number;
  /** L2: added to the gradient. */
  readonly weightDecay?: number;
}

/**
 * Adamax: m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), w ← w − rate/(1 − β₁ᵗ) · m/u.
 * Source: `torch.optim.Adamax`; Kingma, Ba 2015. The slot `first` holds m/(1 − β₁).
 */
export function adamax(options: AdamaxOptions = {}): Optimiser {
  const { betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
  const [beta1, beta2] = betas;
  return optimiserFromRule({
    name: 'adamax',
    slots: (shape) => ({ first: shape, norm: shape }),
    counters: { step: 0, beta1Product: 1 },
    advance: ({ step, beta1Product }) => ({ step: step + 1, beta1Product: beta1Product * beta1 }),
    coefficients: ({ beta1Product }, learningRate) => ({
      beta1,
      beta2,
      rate: (learningRate * (1 - beta1)) / (1 - beta1Product),
      eps,
      weightDecay,
    }),
    step: (weight, gradient, slots, k) => {
      const g = weightDecay === 0 ? gradient : gradient.add(weight.mul(k.weightDecay));
      const first = slots.first.mul(k.beta1).add(g);
      const norm = tf.maximum(slots.norm.mul(k.beta2), g.abs().add(k.eps));
      return { weight: weight.sub(first.div(norm).mul(k.rate)), slots: { first, norm } };
    },
  });
}

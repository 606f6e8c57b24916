import * as tf from '@tensorflow/tfjs';
import { optimiserFromRule } from './optimiser.ts';
import type { Optimiser } from './optimiser.ts';

/** Settings of {@link adam} and {@link adamW}. */
export interface AdamOptions {
  /** Decay rates of the first and second moment; default (0.9, 0.999). */
  readonly betas?: readonly [number, number];
  /** Added to the root of the second moment, outside the root; default 1e-8. */
  readonly eps?: number;
  readonly weightDecay?: number;
  /** Divide by the largest second moment so far; default false. */
  readonly amsgrad?: boolean;
}

/**
 * Adam: w ← w − rate · m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ); weight decay (default 0) is L2: added to
 * the gradient. Source: `torch.optim.Adam`; Kingma, Ba 2015.
 */
export function adam(options: AdamOptions = {}): Optimiser {
  return adamFamily('adam', options, false);
}

/**
 * Adam with decoupled weight decay (default 0.01): w ← w·(1 − rate·weightDecay) first, then Adam's step without it.
 * Source: `torch.optim.AdamW`; Loshchilov, Hutter 2019.
 */
export function adamW(options: AdamOptions = {}): Optimiser {
  return adamFamily('adamW', { weightDecay: 0.01, ...options }, true);
}

/**
 * The slots hold the sums M = m/(1 − β₁) and V = v/(1 − β₂), so that M ← β₁M + g and V ← β₂V + g² take two operations
 * less than the moments; the factors, the bias corrections and ε go into two scalars:
 * w ← w − rate·(1 − β₁)/(1 − β₁ᵗ)/s · M / (√V + ε/s), where s = √((1 − β₂)/(1 − β₂ᵗ)).
 */
function adamFamily(name: string, options: AdamOptions, decoupled: boolean): Optimiser {
  const { betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0, amsgrad = false } = options;
  const [beta1, beta2] = betas;
  const decay = weightDecay !== 0;
  const core = {
    name,
    counters: { step: 0, beta1Product: 1, beta2Product: 1 },
    advance: (c: Counters): Counters => ({
      step: c.step + 1,
      beta1Product: c.beta1Product * beta1,
      beta2Product: c.beta2Product * beta2,
    }),
    coefficients: (c: Counters, learningRate: number) => {
      const scale = Math.sqrt((1 - beta2) / (1 - c.beta2Product));
      return {
        beta1,
        beta2,
        rate: (learningRate * (1 - beta1)) / (1 - c.beta1Product) / scale,
        eps: eps / scale,
        weightDecay,
        keep: 1 - learningRate * weightDecay,
      };
    },
  };
  const accumulate = (
    weight: tf.Tensor,
    gradient: tf.Tensor,
    slots: { readonly first: tf.Tensor; readonly second: tf.Tensor },
    k: Coefficients,
  ): { first: tf.Tensor; second: tf.Tensor } => {
    const g = decay && !decoupled ? gradient.add(weight.mul(k.weightDecay)) : gradient;
    return { first: slots.first.mul(k.beta1).add(g), second: slots.second.mul(k.beta2).add(g.square()) };
  };
  const move = (weight: tf.Tensor, first: tf.Tensor, second: tf.Tensor, k: Coefficients): tf.Tensor => {
    const start = decay && decoupled ? weight.mul(k.keep) : weight;
    return start.sub(first.div(second.sqrt().add(k.eps)).mul(k.rate));
  };
  if (!amsgrad) {
    return optimiserFromRule({
      ...core,
      slots: (shape) => ({ first: shape, second: shape }),
      step: (weight, gradient, slots, k) => {
        const sums = accumulate(weight, gradient, slots, k);
        return { weight: move(weight, sums.first, sums.second, k), slots: sums };
      },
    });
  }
  return optimiserFromRule({
    ...core,
    slots: (shape) => ({ first: shape, second: shape, largest: shape }),
    step: (weight, gradient, slots, k) => {
      const sums = accumulate(weight, gradient, slots, k);
      const largest = tf.maximum(slots.largest, sums.second);
      return { weight: move(weight, sums.first, largest, k), slots: { ...sums, largest } };
    },
  });
}

interface Counters {
  readonly step: number;
  readonly beta1Product: number;
  readonly beta2Product: number;
}

type Coefficients = Readonly<Record<'beta1' | 'beta2' | 'rate' | 'eps' | 'weightDecay' | 'keep', tf.Tensor>>;

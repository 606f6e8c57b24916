import { optimiserFromRule } from './optimiser.ts';
import type { Optimiser } from './optimiser.ts';

/** Settings of {@link adagrad}. */
export interface AdagradOptions {
  /** Added to the root, outside of it; default 1e-10. */
  readonly eps?: number;
  /** The rate of step t is rate/(1 + (t − 1)·rateDecay); default 0. */
  readonly rateDecay?: number;
  /** L2: added to the gradient. */
  readonly weightDecay?: number;
}

/** Adagrad: s ← s + g², w ← w − rate · g/(√s + ε). Source: `torch.optim.Adagrad`; Duchi, Hazan, Singer 2011. */
export function adagrad(options: AdagradOptions = {}): Optimiser {
  const { eps = 1e-10, rateDecay = 0, weightDecay = 0 } = options;
  return optimiserFromRule({
    name: 'adagrad',
    slots: (shape) => ({ sum: shape }),
    counters: { step: 0 },
    advance: ({ step }) => ({ step: step + 1 }),
    coefficients: ({ step }, learningRate) => ({
      rate: learningRate / (1 + (step - 1) * rateDecay),
      eps,
      weightDecay,
    }),
    step: (weight, gradient, slots, k) => {
      const g = weightDecay === 0 ? gradient : gradient.add(weight.mul(k.weightDecay));
      const sum = slots.sum.add(g.square());
      return { weight: weight.sub(g.div(sum.sqrt().add(k.eps)).mul(k.rate)), slots: { sum } };
    },
  });
}

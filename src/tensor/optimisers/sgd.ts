import { optimiserFromRule } from './optimiser.ts';
import type { Optimiser } from './optimiser.ts';

/** Settings of {@link sgd}; all are 0 or false unless given, as in PyTorch. */
export interface SgdOptions {
  readonly momentum?: number;
  /** The gradient enters the velocity times 1 − dampening, except in the first step. */
  readonly dampening?: number;
  readonly nesterov?: boolean;
  /** L2: added to the gradient as `weightDecay · w`. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent: v ← μv + (1 − dampening)·g (v = g in the first step), w ← w − rate·v;
 * with Nesterov's momentum w ← w − rate·(g + μv). g includes weight decay. Source: `torch.optim.SGD`.
 * @throws when Nesterov's momentum is asked for without momentum or with dampening.
 */
export function sgd(options: SgdOptions = {}): Optimiser {
  const { momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = options;
  if (nesterov && (momentum <= 0 || dampening !== 0)) {
    throw new Error('sgd: Nesterov needs a momentum above 0 and a dampening of 0');
  }
  if (momentum === 0) {
    return optimiserFromRule({
      name: 'sgd',
      slots: () => ({}),
      counters: { step: 0 },
      advance: ({ step }) => ({ step: step + 1 }),
      coefficients: (_, learningRate) => ({ learningRate, weightDecay }),
      step: (weight, gradient, slots, k) => {
        const g = weightDecay === 0 ? gradient : gradient.add(weight.mul(k.weightDecay));
        return { weight: weight.sub(g.mul(k.learningRate)), slots };
      },
    });
  }
  return optimiserFromRule({
    name: 'sgd',
    slots: (shape) => ({ velocity: shape }),
    counters: { step: 0 },
    advance: ({ step }) => ({ step: step + 1 }),
    coefficients: ({ step }, learningRate) => ({
      learningRate,
      weightDecay,
      momentum,
      share: step === 1 ? 1 : 1 - dampening,
    }),
    step: (weight, gradient, slots, k) => {
      const g = weightDecay === 0 ? gradient : gradient.add(weight.mul(k.weightDecay));
      const velocity = slots.velocity.mul(k.momentum).add(dampening === 0 ? g : g.mul(k.share));
      const direction = nesterov ? g.add(velocity.mul(k.momentum)) : velocity;
      return { weight: weight.sub(direction.mul(k.learningRate)), slots: { velocity } };
    },
  });
}

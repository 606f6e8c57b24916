import type { Tensor } from '@tensorflow/tfjs';
import { optimiserFromRule } from './optimiser.ts';
import type { Optimiser } from './optimiser.ts';

/** Settings of {@link rmsprop}. */
export interface RmspropOptions {
  /** Decay rate of the mean square; default 0.99. */
  readonly alpha?: number;
  /** Added to the root, outside of it; default 1e-8. */
  readonly eps?: number;
  readonly momentum?: number;
  /** Divide by the estimated standard deviation of the gradient, not by its root mean square; default false. */
  readonly centred?: boolean;
  /** L2: added to the gradient. */
  readonly weightDecay?: number;
}

/**
 * RMSprop: v ← αv + (1 − α)g²; d = g/(√v + ε), centred: g/(√(v − ḡ²) + ε); with momentum b ← μb + d, else b = d;
 * w ← w − rate·b. Source: `torch.optim.RMSprop`. One guard is added: where rounding makes v − ḡ² negative
 * (a constant gradient), it counts as 0, where PyTorch gives NaN.
 */
export function rmsprop(options: RmspropOptions = {}): Optimiser {
  const { alpha = 0.99, eps = 1e-8, momentum = 0, centred = false, weightDecay = 0 } = options;
  const slots = { square: true, mean: centred, buffer: momentum > 0 };
  return optimiserFromRule({
    name: 'rmsprop',
    slots: (shape): Readonly<Record<string, readonly number[]>> =>
      Object.fromEntries(Object.entries(slots).flatMap(([slot, used]) => (used ? [[slot, shape]] : []))),
    counters: { step: 0 },
    advance: ({ step }) => ({ step: step + 1 }),
    coefficients: (_, learningRate) => ({ learningRate, alpha, fresh: 1 - alpha, eps, momentum, weightDecay }),
    step: (weight, gradient, old, k) => {
      const g = weightDecay === 0 ? gradient : gradient.add(weight.mul(k.weightDecay));
      const average = (before: Tensor, now: Tensor): Tensor => before.mul(k.alpha).add(now.mul(k.fresh));
      const square = old.square ? average(old.square, g.square()) : g.square();
      const mean = old.mean && average(old.mean, g);
      const variance = mean ? square.sub(mean.square()).relu() : square;
      const direction = g.div(variance.sqrt().add(k.eps));
      const buffer = old.buffer && old.buffer.mul(k.momentum).add(direction);
      return {
        weight: weight.sub((buffer ?? direction).mul(k.learningRate)),
        slots: { square, ...(mean && { mean }), ...(buffer && { buffer }) },
      };
    },
  });
}

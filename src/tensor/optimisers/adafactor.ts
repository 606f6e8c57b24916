import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { exponential, naturalLog } from '../../random/index.ts';
import { optimiserFromRule } from './optimiser.ts';
import type { Optimiser } from './optimiser.ts';

/** Settings of {@link adafactor}. */
export interface AdafactorOptions {
  /** The second moment of step t forgets at 1 − t^beta2Decay; default −0.8. */
  readonly beta2Decay?: number;
  /** Smallest root of the second moment, and smallest root mean square of a parameter; default (2⁻²³, 1e-3). */
  readonly eps?: readonly [number, number];
  /** Largest root mean square of an update before the rate; default 1. */
  readonly clip?: number;
  /** Decoupled, as in AdamW. */
  readonly weightDecay?: number;
}

/** The spacing of float32 at 1, PyTorch's default for the first ε. */
const float32Spacing = 1 / 8388608;

/**
 * Adafactor: the second moment of a matrix is kept as its row and column means, V̂ = r·cᵀ/mean(r); the update
 * U = g/√V̂ is clipped to a root mean square of `clip` and multiplied by max(ε₂, rms(w))·min(rate, 1/√t).
 * Tensors of more than two axes are matrices over their last two; vectors keep the whole moment.
 * Source: `torch.optim.Adafactor`; Shazeer, Stern 2018.
 */
export function adafactor(options: AdafactorOptions = {}): Optimiser {
  const { beta2Decay = -0.8, eps = [float32Spacing, 1e-3], clip = 1, weightDecay = 0 } = options;
  const [epsMoment, epsParameter] = eps;
  return optimiserFromRule({
    name: 'adafactor',
    slots: (shape): Readonly<Record<string, readonly number[]>> =>
      shape.length > 1
        ? { row: [...shape.slice(0, -1), 1], column: [...shape.slice(0, -2), 1, ...shape.slice(-1)] }
        : { whole: shape },
    counters: { step: 0 },
    advance: ({ step }) => ({ step: step + 1 }),
    coefficients: ({ step }, learningRate) => ({
      fresh: exponential(beta2Decay * naturalLog(step)),
      kept: 1 - exponential(beta2Decay * naturalLog(step)),
      rate: Math.min(learningRate, 1 / Math.sqrt(step)),
      keep: 1 - learningRate * weightDecay,
      smallestMean: epsMoment,
      smallestMoment: epsMoment * epsMoment,
      smallestParameter: epsParameter,
      clip,
      one: 1,
    }),
    step: (weight, gradient, old, k) => {
      const average = (before: Tensor, now: Tensor): Tensor => before.mul(k.kept).add(now.mul(k.fresh));
      const start = weightDecay === 0 ? weight : weight.mul(k.keep);
      const alpha = tf.maximum(rootMeanSquare(start), k.smallestParameter).mul(k.rate);
      const { moment, slots } = secondMoment(old, gradient.square(), average, k.smallestMean);
      const direction = gradient.div(tf.maximum(moment, k.smallestMoment).sqrt());
      const excess = tf.maximum(rootMeanSquare(direction).div(k.clip), k.one);
      return { weight: start.sub(direction.mul(alpha.div(excess))), slots };
    },
  });
}

function rootMeanSquare(x: Tensor): Tensor {
  return x.square().mean().sqrt();
}

/** The running second moment after a step and the slots that stand for it. */
function secondMoment(
  old: Readonly<Record<string, Tensor>>,
  square: Tensor,
  average: (before: Tensor, now: Tensor) => Tensor,
  smallestMean: Tensor,
): { moment: Tensor; slots: Readonly<Record<string, Tensor>> } {
  if (old.row && old.column) {
    const row = average(old.row, square.mean(-1, true));
    const column = average(old.column, square.mean(-2, true));
    const moment = row.mul(column).div(tf.maximum(row.mean(-2, true), smallestMean));
    return { moment, slots: { row, column } };
  }
  const whole = old.whole ? average(old.whole, square) : square;
  return { moment: whole, slots: { whole } };
}

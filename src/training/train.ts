import type { Generator } from '../random/index.ts';
import { applyUpdate, createOptimiser, disposeState, tf, valueAndGradients } from '../tensor/index.ts';
import type { OptimiserSpec, Params, Tensor } from '../tensor/index.ts';
import { clipByGlobalNorm } from '../tensor/index.ts';
import { estimateGradient, lossesPerStep } from './estimate-gradient.ts';
import type { QueriedGradient } from './estimate-gradient.ts';
import { schedule } from './schedules.ts';
import type { ScheduleSpec } from './schedules.ts';

/** How parameters are trained. */
export interface Recipe {
  readonly optimiser: OptimiserSpec;
  readonly schedule: ScheduleSpec;
  /** The base learning rate. */
  readonly learningRate: number;
  readonly epochs: number;
  readonly batch: number;
  /** Estimated from losses alone; the loss is differentiated if absent. */
  readonly gradient?: QueriedGradient;
  /** Gradients are scaled down to this global norm when they exceed it; left alone if absent. */
  readonly clip?: number;
  /** Stop after so many steps, for a test of the first ones; the schedule stays that of the whole course. */
  readonly stopAfter?: number;
}

/** What a step hands back: the scalar to minimise and, where someone wants to look, the outputs it was made of. */
export interface Loss {
  readonly loss: Tensor;
  readonly outputs?: Tensor;
}

export interface Training {
  readonly recipe: Recipe;
  /** How many training items there are; an epoch goes through all of them in a drawn order, the last batch may be short. */
  readonly count: number;
  /** Draws the order of every epoch, and the directions of an estimated gradient. */
  readonly generator: Generator;
  /** `(params, indices of the batch) → loss`; pure in both. */
  readonly loss: (params: Params, indices: Int32Array) => Loss;
  readonly beforeEpoch?: (epoch: number, params: Params) => void;
  /** Sees the outputs of every batch as float32 values, row-major. */
  readonly observe?: (indices: Int32Array, outputs: Float32Array) => void;
  readonly report?: (done: number, total: number) => void;
}

export interface Trained {
  /** The caller owns them. */
  readonly params: Params;
  /** Mean loss of every epoch. */
  readonly curve: readonly { readonly epoch: number; readonly loss: number }[];
  readonly steps: number;
  /** How often an item was put through the loss: items of every batch times losses of its step. */
  readonly evaluations: number;
}

/** A training whose loss stopped being a number. */
export class Diverged extends Error {
  constructor(step: number, learningRate: number) {
    super(`Training diverged: the loss at step ${step} (learning rate ${learningRate}) is no finite number.`);
    this.name = 'Diverged';
  }
}

/** Whether `epoch` of `epochs` deserves a point on a thinned curve of about 50. */
function isKept(epoch: number, epochs: number): boolean {
  return epochs <= 50 || epoch === epochs - 1 || epoch % Math.ceil(epochs / 50) === 0;
}

/** Lets whatever shares the thread, a page say, have its turn. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * The one loop. Takes ownership of `initial` and frees it as training goes on; returns the parameters after the last
 * step, never the best ones. Throws {@link Diverged} when the loss is no finite number.
 */
export async function train(initial: Params, training: Training): Promise<Trained> {
  const { recipe, count, generator } = training;
  const stepsPerEpoch = Math.ceil(count / recipe.batch);
  const total = stepsPerEpoch * recipe.epochs;
  const optimiser = createOptimiser(recipe.optimiser);
  const rate = total > 0 ? schedule(recipe.schedule, { base: recipe.learningRate, steps: total, stepsPerEpoch }) : () => 0;
  const last = Math.min(total, recipe.stopAfter ?? total);
  const curve: { epoch: number; loss: number }[] = [];
  let params = initial;
  let state = optimiser.init(params);
  let step = 0;
  let evaluations = 0;
  try {
    for (let epoch = 0; epoch < recipe.epochs && step < last; epoch++) {
      training.beforeEpoch?.(epoch, params);
      const order = generator.split('order').split(epoch).permutation(count);
      let sum = 0;
      let seen = 0;
      for (let start = 0; start < count && step < last; start += recipe.batch) {
        const indices = order.subarray(start, Math.min(start + recipe.batch, count));
        const { loss, gradients, outputs } = recipe.gradient
          ? lossAndEstimate(training, recipe.gradient, params, indices, step)
          : lossAndGradients(training, params, indices);
        if (!Number.isFinite(loss)) {
          tf.dispose(Object.values(gradients));
          throw new Diverged(step, recipe.learningRate);
        }
        if (outputs) training.observe?.(indices, outputs);
        ({ params, state } = applyUpdate(optimiser, params, gradients, state, rate(step)));
        sum += loss * indices.length;
        seen += indices.length;
        evaluations += indices.length * lossesPerStep(recipe.gradient);
        step += 1;
        training.report?.(step, last);
      }
      if (isKept(epoch, recipe.epochs)) curve.push({ epoch: epoch + 1, loss: sum / seen });
      await breathe();
    }
  } catch (error) {
    tf.dispose(Object.values(params));
    throw error;
  } finally {
    disposeState(state);
  }
  return { params, curve, steps: step, evaluations };
}

function lossAndGradients(
  { loss, observe, recipe }: Training,
  params: Params,
  indices: Int32Array,
): { loss: number; gradients: Params; outputs?: Float32Array } {
  let kept: Tensor | undefined;
  const { value, gradients } = valueAndGradients((now) => {
    const step = loss(now, indices);
    if (observe && step.outputs) kept = tf.keep(step.outputs.clone());
    return step.loss;
  }, params);
  const number = value.dataSync()[0] ?? NaN;
  value.dispose();
  const outputs = kept ? Float32Array.from(kept.dataSync()) : undefined;
  kept?.dispose();
  const clipped = recipe.clip === undefined ? gradients : clippedGradients(gradients, recipe.clip);
  return { loss: number, gradients: clipped, ...(outputs ? { outputs } : {}) };
}

/** As {@link lossAndGradients}, with a gradient that was estimated; the outputs are those of the parameters as they are. */
function lossAndEstimate(
  { loss, observe, recipe, generator }: Training,
  how: QueriedGradient,
  params: Params,
  indices: Int32Array,
  step: number,
): { loss: number; gradients: Params; outputs?: Float32Array } {
  const outputs: Float32Array[] = [];
  const lossAt = (now: Params): number =>
    tf.tidy(() => {
      const answer = loss(now, indices);
      if (now === params && observe && answer.outputs) outputs.push(Float32Array.from(answer.outputs.dataSync()));
      return answer.loss.dataSync()[0] ?? NaN;
    });
  const estimate = estimateGradient(lossAt, params, how, generator.split('directions').split(step));
  const clipped = recipe.clip === undefined ? estimate.gradients : clippedGradients(estimate.gradients, recipe.clip);
  const [seen] = outputs;
  return { loss: estimate.loss, gradients: clipped, ...(seen ? { outputs: seen } : {}) };
}

function clippedGradients(gradients: Params, norm: number): Params {
  const result = clipByGlobalNorm(gradients, norm);
  tf.dispose(Object.values(gradients));
  return result;
}

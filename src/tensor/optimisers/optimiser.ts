import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Params } from '../params.ts';

/**
 * What an optimiser remembers between steps; a checkpoint stores both fields as they are.
 * `tensors` is a parameter tree with names `'<slot>/<parameter>'` (`'velocity/prompt'`);
 * `counters` holds plain numbers: the count of steps taken and running products of decay rates.
 */
export interface OptimiserState {
  readonly tensors: Params;
  readonly counters: Readonly<Record<string, number>>;
}

/** Parameters and state after a step. */
export interface OptimiserUpdate {
  readonly params: Params;
  readonly state: OptimiserState;
}

/** A pair of pure functions over a parameter tree, with the formulas of the `torch.optim` class of that name. */
export interface Optimiser {
  readonly name: string;
  /** The state before the first step: zeros. The caller owns it. */
  readonly init: (params: Params) => OptimiserState;
  /**
   * One step. Returns new tensors, which the caller owns; disposes nothing that it was given (see {@link applyUpdate}).
   * @throws when a gradient is missing or has another shape, or the state belongs to another optimiser or tree.
   */
  readonly update: (params: Params, gradients: Params, state: OptimiserState, learningRate: number) => OptimiserUpdate;
}

/**
 * An optimiser told for one tensor: what is remembered (`Slot`s), which numbers change from step to step
 * (`Counter`s) and which scalars enter the formula of a step (`Coefficient`s, uploaded once for the whole tree).
 */
export interface TensorRule<Slot extends string, Counter extends string, Coefficient extends string> {
  readonly name: string;
  /** Shapes of the slots of a tensor of the given shape; slots start at zero. */
  readonly slots: (shape: readonly number[]) => Readonly<Record<Slot, readonly number[]>>;
  /** The counters before the first step. */
  readonly counters: Readonly<Record<Counter, number>>;
  /** The counters of the next step, as that step uses them. */
  readonly advance: (counters: Readonly<Record<Counter, number>>) => Readonly<Record<Counter, number>>;
  /** The scalars of a step, from its counters. */
  readonly coefficients: (
    counters: Readonly<Record<Counter, number>>,
    learningRate: number,
  ) => Readonly<Record<Coefficient, number>>;
  /** The tensor and its slots after a step. All of them are new tensors. */
  readonly step: (
    weight: Tensor,
    gradient: Tensor,
    slots: Readonly<Record<Slot, Tensor>>,
    coefficients: Readonly<Record<Coefficient, Tensor>>,
  ) => { readonly weight: Tensor; readonly slots: Readonly<Record<Slot, Tensor>> };
}

/** The optimiser that applies a rule to every tensor of a tree. */
export function optimiserFromRule<Slot extends string, Counter extends string, Coefficient extends string>(
  rule: TensorRule<Slot, Counter, Coefficient>,
): Optimiser {
  const slotName = (slot: string, parameter: string): string => `${slot}/${parameter}`;

  const init = (params: Params): OptimiserState => {
    const tensors: Record<string, Tensor> = {};
    for (const [parameter, tensor] of Object.entries(params)) {
      for (const [slot, shape] of entries(rule.slots(tensor.shape))) {
        tensors[slotName(slot, parameter)] = tf.zeros([...shape]);
      }
    }
    return { tensors, counters: { ...rule.counters } };
  };

  const update = (
    params: Params,
    gradients: Params,
    state: OptimiserState,
    learningRate: number,
  ): OptimiserUpdate => {
    const before = mapRecord(rule.counters, (_, counter) => {
      const value = state.counters[counter];
      if (value === undefined) throw new Error(`${rule.name}: the state has no counter '${counter}'; use init()`);
      return value;
    });
    const counters = rule.advance(before);
    return tf.tidy(() => {
      const coefficients = mapRecord(rule.coefficients(counters, learningRate), (value) => tf.scalar(value));
      const after: Record<string, Tensor> = {};
      const tensors: Record<string, Tensor> = {};
      for (const [parameter, weight] of Object.entries(params)) {
        const gradient = gradientOf(rule.name, parameter, weight, gradients);
        const slots = mapRecord(rule.slots(weight.shape), (_, slot) => {
          const tensor = state.tensors[slotName(slot, parameter)];
          if (!tensor) throw new Error(`${rule.name}: the state has no '${slotName(slot, parameter)}'; use init()`);
          return tensor;
        });
        const result = rule.step(weight, gradient, slots, coefficients);
        after[parameter] = result.weight;
        for (const [slot, tensor] of entries(result.slots)) tensors[slotName(slot, parameter)] = tensor;
      }
      return { params: after, state: { tensors, counters } };
    });
  };

  return { name: rule.name, init, update };
}

/**
 * One step in place of the old values: like `optimiser.update`, then frees the old parameters, the gradients and the
 * old state. The caller owns what is returned, so a loop of `x = applyUpdate(…, x, …)` holds a constant count of tensors.
 */
export function applyUpdate(
  optimiser: Optimiser,
  params: Params,
  gradients: Params,
  state: OptimiserState,
  learningRate: number,
): OptimiserUpdate {
  const next = optimiser.update(params, gradients, state, learningRate);
  tf.dispose([Object.values(params), Object.values(gradients), Object.values(state.tensors)]);
  return next;
}

/** Frees the tensors of a state. */
export function disposeState(state: OptimiserState): void {
  tf.dispose(Object.values(state.tensors));
}

function gradientOf(optimiser: string, parameter: string, weight: Tensor, gradients: Params): Tensor {
  const gradient = gradients[parameter];
  if (!gradient) {
    const known = Object.keys(gradients).join(', ') || 'none';
    throw new Error(`${optimiser}: no gradient for the parameter '${parameter}' (gradients: ${known})`);
  }
  if (gradient.shape.join() !== weight.shape.join()) {
    const [found, expected] = [gradient.shape.join(), weight.shape.join()];
    throw new Error(`${optimiser}: the gradient of '${parameter}' has shape [${found}], the parameter [${expected}]`);
  }
  return gradient;
}

/** `Object.entries` that keeps the names' type; records here are built from literals and hold no other names. */
function entries<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}

function mapRecord<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  f: (value: From, key: Key) => To,
): Record<Key, To> {
  return Object.fromEntries(entries(record).map(([key, value]) => [key, f(value, key)])) as Record<Key, To>;
}

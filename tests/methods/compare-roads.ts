import assert from 'node:assert/strict';
import { createGenerator } from '../../src/random/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { softmaxCrossEntropy, tf, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { drawn, largest } from '../models/drawn-tensors.ts';

/** The largest difference, relative to the largest value that is expected; of one shape. */
export function difference(found: Tensor, expected: Tensor): number {
  assert.deepEqual(found.shape, expected.shape);
  return largest(found, expected);
}

/** Values of the size of trained ones in every parameter, also where the method starts at 0. */
export function lively(adapted: Adapted): Params {
  return Object.fromEntries(
    Object.entries(adapted.initialise(createGenerator('start'))).map(([name, tensor]) => {
      const noise = tf.tensor(createGenerator(name).normals(tensor.size), tensor.shape);
      return [name, tf.add(tensor, tf.mul(noise, 0.3))];
    }),
  );
}

function assertClose(what: string, found: Params, expected: Params): void {
  assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort());
  for (const [name, tensor] of Object.entries(found)) {
    const other = expected[name];
    assert.ok(other, name);
    const gap = difference(tensor, other);
    assert.ok(gap <= 1e-4, `${what} of ${name} is ${gap} off`);
  }
}

type Outputs = (params: Params, x: Tensor) => Tensor;

interface Descent {
  readonly y: Tensor;
  /** How far a step goes along the gradient. */
  readonly step: number;
  /** Told of the gradients of both roads at every step. */
  readonly gradients: (step: number, ours: Params, theirs: Params) => void;
}

/**
 * Ten steps of descent that two roads with the alignment of `adapted` take from one start, each on its own; outputs are held
 * together to 1e-5 at the start and 1e-4 after it.
 */
function descendOnBoth({ align }: Adapted, roads: readonly [Outputs, Outputs], start: Params, x: Tensor, { y, step: length, gradients }: Descent): readonly [Params, Params] {
  const [ours, theirs] = roads;
  const lossOf = (outputs: Outputs) => (params: Params) => softmaxCrossEntropy(align(params, outputs(params, x), null), y);
  const descend = (params: Params, slopes: Params): Params =>
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tf.sub(value, tf.mul(slopes[name] ?? NaN, length))]));
  let [a, b] = [start, start];
  for (let step = 0; step < 10; step += 1) {
    const apart = difference(ours(a, x), theirs(b, x));
    assert.ok(apart <= (step === 0 ? 1e-5 : 1e-4), `outputs at step ${step} are ${apart} apart`);
    const [first, second] = [valueAndGradients(lossOf(ours), a), valueAndGradients(lossOf(theirs), b)];
    gradients(step, first.gradients, second.gradients);
    [a, b] = [descend(a, first.gradients), descend(b, second.gradients)];
  }
  return [a, b];
}

/**
 * Holds two compositions with the same parameters together: outputs, and gradients to 1e-4, through ten steps of descent.
 * Gives the parameters before and after on the first road.
 */
export function compareCompositions(fast: Adapted, plain: Adapted, x: Tensor): { readonly start: Params; readonly trained: Params } {
  const start: Params = Object.fromEntries(
    Object.entries(fast.initialise(createGenerator('start'))).map(([name, { shape }]) => [name, drawn(name, shape, 0.3)]),
  );
  assert.deepEqual(Object.keys(plain.initialise(createGenerator('start'))).sort(), Object.keys(start).sort());
  const gradients = (step: number, ours: Params, theirs: Params): void => assertClose(`the gradient at step ${step}`, ours, theirs);
  const y = tf.tensor1d([0, 1, 2, 4], 'int32');
  const [trained] = descendOnBoth(fast, [fast.outputs, plain.outputs], start, x, { y, step: 0.3, gradients });
  return { start, trained };
}

/**
 * Holds the road of a method to a plain one: outputs to 1e-5 and gradients to 1e-4 at the start; outputs, and at last the
 * parameters, to 1e-4 through ten steps of descent that each takes on its own. Fails where the steps change nothing.
 */
export function compareRoads(adapted: Adapted, plain: Outputs, x: Tensor): void {
  const y = tf.tensor1d(Array.from({ length: x.shape[0] ?? 0 }, (_, index) => index % adapted.targets), 'int32');
  const start = lively(adapted);
  const gradients = (step: number, ours: Params, theirs: Params): void => {
    if (step === 0) assertClose('the gradient', ours, theirs);
  };
  const [ours, theirs] = descendOnBoth(adapted, [adapted.outputs, plain], start, x, { y, step: 0.05, gradients });
  assertClose('the trained value', ours, theirs);
  for (const [name, value] of Object.entries(ours)) {
    const first = start[name];
    assert.ok(first && difference(value, first) > 1e-6, `ten steps leave ${name} as it was`);
  }
}

import assert from 'node:assert/strict';
import { createGenerator } from '../../src/random/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { softmaxCrossEntropy, tf, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

/** The largest difference, relative to the largest value that is expected. */
export function difference(found: Tensor, expected: Tensor): number {
  assert.deepEqual(found.shape, expected.shape);
  const scale = Math.max(1e-3, tf.max(tf.abs(expected)).dataSync()[0] ?? 0);
  return (tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0] ?? Infinity) / scale;
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

/**
 * Holds the road of a method to a plain one: outputs to 1e-5 and gradients to 1e-4 at the start; outputs, and at last the
 * parameters, to 1e-4 through ten steps of descent that each takes on its own. Fails where the steps change nothing.
 */
export function compareRoads(adapted: Adapted, plain: (params: Params, x: Tensor) => Tensor, x: Tensor): void {
  const y = tf.tensor1d(Array.from({ length: x.shape[0] ?? 0 }, (_, index) => index % adapted.targets), 'int32');
  const lossOf = (outputs: (params: Params, x: Tensor) => Tensor) => (params: Params) =>
    softmaxCrossEntropy(adapted.align(params, outputs(params, x), null), y);
  const start = lively(adapted);
  let [ours, theirs] = [start, start];
  for (let step = 0; step < 10; step += 1) {
    const apart = difference(adapted.outputs(ours, x), plain(theirs, x));
    assert.ok(apart <= (step === 0 ? 1e-5 : 1e-4), `outputs at step ${step} are ${apart} apart`);
    const [a, b] = [valueAndGradients(lossOf(adapted.outputs), ours), valueAndGradients(lossOf(plain), theirs)];
    if (step === 0) assertClose('the gradient', a.gradients, b.gradients);
    const descend = (params: Params, gradients: Params): Params =>
      Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tf.sub(value, tf.mul(gradients[name] ?? NaN, 0.05))]));
    [ours, theirs] = [descend(ours, a.gradients), descend(theirs, b.gradients)];
  }
  assertClose('the trained value', ours, theirs);
  for (const [name, value] of Object.entries(ours)) {
    const first = start[name];
    assert.ok(first && difference(value, first) > 1e-6, `ten steps leave ${name} as it was`);
  }
}

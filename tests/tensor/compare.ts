import assert from 'node:assert/strict';
import { tf, useBackend } from '../../src/tensor/index.ts';
import type { BackendName, BackendOptions, Tensor } from '../../src/tensor/index.ts';

/** Numbers with a shape, outside any back-end. */
export interface Values {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

let state = 1;

/** Evenly spread numbers in [−size, size], the same in every run. */
export function drawn(shape: readonly number[], size = 1): Values {
  const values = new Float32Array(shape.reduce((product, n) => product * n, 1)).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2147483648 - 1) * size;
  });
  return { values, shape };
}

export type Computation = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** The results of a computation on a back-end; nothing stays behind. */
export async function resultsOn(
  backend: BackendName, compute: Computation, inputs: readonly Values[], options?: BackendOptions,
): Promise<readonly Values[]> {
  await useBackend(backend, options);
  return tf.tidy(() => {
    const result = compute(...inputs.map(({ values, shape }) => tf.tensor(values, [...shape])));
    const tensors = result instanceof tf.Tensor ? [result] : result;
    return tensors.map((tensor) => ({
      values: Float32Array.from(tensor.dataSync()), shape: tensor.shape,
    })) as unknown as tf.TensorContainer;
  }) as unknown as readonly Values[];
}

/**
 * Asserts that the computation gives the same on `wasm` as on `cpu`, within `tolerance` times the largest number of
 * each result, NaN and infinities at the same places. Returns how many numbers were compared.
 */
export async function assertEqualsCpu(
  compute: Computation, inputs: readonly Values[], tolerance = 1e-5, on: Computation = compute,
): Promise<number> {
  const expected = await resultsOn('cpu', compute, inputs);
  const found = await resultsOn('wasm', on, inputs);
  assert.equal(found.length, expected.length);
  let compared = 0;
  expected.forEach((result, index) => {
    const other = found[index];
    assert.deepEqual(other?.shape, result.shape, `shape of result ${index}`);
    const largest = result.values.reduce((max, v) => (Number.isFinite(v) ? Math.max(max, Math.abs(v)) : max), 0) || 1;
    result.values.forEach((value, i) => {
      const got = other?.values[i] ?? NaN;
      const equal = Object.is(value, got) || Math.abs(value - got) <= tolerance * largest;
      if (!equal) assert.fail(`result ${index} at ${i}: ${got} instead of ${value} (largest ${largest})`);
      compared++;
    });
  });
  assert.ok(compared > 0, 'nothing was compared');
  return compared;
}

/** y = f(inputs) and the gradients of Σ y·dy with respect to all inputs, with a dy spread over [−1, 1]. */
export function withGradients(f: (...inputs: Tensor[]) => Tensor): Computation {
  return (...inputs) => {
    const y = f(...inputs);
    const dy = tf.tensor(Float32Array.from({ length: y.size }, (_, i) => ((i * 7919) % 1009) / 504.5 - 1), y.shape);
    return [y, ...tf.grads((...xs: Tensor[]) => f(...xs))(inputs, dy)];
  };
}

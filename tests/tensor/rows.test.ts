import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from '../../src/tensor/index.ts';
import { assertEqualsCpu, drawn, resultsOn, withGradients } from './compare.ts';

const shapes = [
  [[2, 3, 4, 3], [3]], [[5, 8], [8]],
  [[5, 7], [1, 7]], [[2, 1, 9], [1, 1, 9]], [[6, 5], [6, 1]], [[1, 5], [5]], [[4, 1], [1]],
] as const;

test('products and quotients with one row equal the cpu back-end, and tfjs bit by bit', async () => {
  for (const [shape, row] of shapes) {
    const inputs = [drawn(shape, 3), drawn(row, 3)];
    const compute = (x: tf.Tensor, r: tf.Tensor): tf.Tensor[] => [tf.mul(x, r), tf.mul(r, x), tf.div(x, r), tf.div(r, x)];
    await assertEqualsCpu(compute, inputs, 0);
    const stock = await resultsOn('wasm', compute, inputs, { kernels: 'stock' });
    assert.deepEqual(await resultsOn('wasm', compute, inputs), stock);
  }
});

test('their gradients equal the cpu back-end', async () => {
  await assertEqualsCpu(withGradients((x, r) => tf.div(x, r)), [drawn([3, 4, 5, 3]), drawn([3])], 1e-5);
  await assertEqualsCpu(withGradients((x, r) => tf.mul(x, r)), [drawn([3, 4, 5, 3]), drawn([3])], 1e-5);
});

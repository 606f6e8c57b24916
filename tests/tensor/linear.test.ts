import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linear, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import { plainLinear } from '../../src/tensor/ops/linear.ts';
import { assertEqualsCpu, drawn, resultsOn, withGradients } from './compare.ts';

test('linear with and without bias and all its gradients equal the plain composition', async () => {
  for (const leading of [[1], [5], [2, 7], [2, 3, 4]]) {
    for (const [inputs, outputs] of [[1, 1], [7, 10], [48, 64], [300, 5]] as const) {
      const parts = [drawn([...leading, inputs]), drawn([inputs, outputs]), drawn([outputs])];
      await assertEqualsCpu(withGradients(plainLinear), parts, 1e-5, withGradients(linear));
      await assertEqualsCpu(withGradients(plainLinear), parts.slice(0, 2), 1e-5, withGradients(linear));
    }
  }
});

test('frozen weights cost no gradient', async () => {
  await useBackend('wasm');
  const names: string[] = [];
  const runs = tf.profile(() => {
    const x = tf.ones([4, 6]);
    const w = tf.ones([6, 3]);
    return valueAndGradients((p) => tf.sum(linear(p['x'] ?? x, w, tf.zeros([3]))), { x }).value;
  });
  for (const kernel of (await runs).kernels) names.push(kernel.name);
  assert.equal(names.filter((name) => name === 'AtlasLinear').length, 1);
  assert.equal(
    names.filter((name) => name === 'BatchMatMul').length, 1, 'one product for the gradient of x, none for w',
  );
  assert.ok(!names.includes('AtlasColumnSums'));
});

test('softmax cross-entropy equals its definition and its gradient on every back-end', async () => {
  const logits = drawn([6, 9], 30);
  const labels = [0, 8, 3, 3, 1, 7];
  const plain = (x: tf.Tensor): tf.Tensor =>
    tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(x), tf.oneHot(tf.tensor1d(labels, 'int32'), 9).toFloat()), -1)));
  const op = (x: tf.Tensor): tf.Tensor => softmaxCrossEntropy(x, tf.tensor1d(labels, 'int32'));
  await assertEqualsCpu(withGradients(plain), [logits], 1e-6, withGradients(op));
  const [value, gradient] = await resultsOn('cpu', withGradients(op), [logits]);
  const [same, sameGradient] = await resultsOn('cpu', withGradients(plain), [logits]);
  assert.ok(Math.abs((value?.values[0] ?? 0) - (same?.values[0] ?? 1)) < 1e-5);
  gradient?.values.forEach((g, i) => assert.ok(Math.abs(g - (sameGradient?.values[i] ?? 1)) < 1e-6));
});

test('labels that are not integers are refused', async () => {
  await assert.rejects(resultsOn('wasm', (x) => softmaxCrossEntropy(x, tf.ones([2])), [drawn([2, 3])]), /int32/);
});

test('the gradient of gather adds up the rows that were taken', async () => {
  const f = (x: tf.Tensor): tf.Tensor => tf.gather(x, tf.tensor1d([2, 0, 2, 1, 2], 'int32'), 0);
  await assertEqualsCpu(withGradients(f), [drawn([4, 5])], 1e-6);
  await assertEqualsCpu(withGradients((x) => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'), 1)), [drawn([4, 5])], 1e-6);
});

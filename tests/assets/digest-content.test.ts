import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestContent } from '../../src/assets/index.ts';
import type { TensorData } from '../../src/assets/index.ts';
import { digestParams, tf, useBackend } from '../../src/tensor/index.ts';

test('weights have the same digest as an asset and as the parameter tree of a model', async () => {
  await useBackend('cpu');
  const weights: readonly [string, TensorData][] = [
    ['head.weight', { dtype: 'float32', shape: [2, 3], values: Float32Array.of(1, -2, 0.5, 4, -0, 16) }],
    ['Head.bias', { dtype: 'float32', shape: [3], values: Float32Array.of(1e-40, 3, 5) }],
    ['blocks.10.scale', { dtype: 'float32', shape: [], values: Float32Array.of(7) }],
    ['blocks.2.scale', { dtype: 'float32', shape: [1], values: Float32Array.of(8) }],
  ];
  const params = Object.fromEntries(weights.map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]));
  assert.equal(digestContent(new Map(weights)), digestParams(params));
  tf.dispose(Object.values(params));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, useBackend } from '../../src/tensor/index.ts';
import { trainSmallNet } from './small-net.ts';

/** Changes only when the kernels' bits do; then their version changes too, and committed records are void. */
const digestOnX86 = 'eaaa0bb4570a965866914b4146bc0948fb6e460dbc59fabbe8ff04876c8c803b';

test('twenty training steps through every op give the bits that records rest on', async (t) => {
  const { kernels } = await useBackend('wasm');
  assert.equal(kernels, 'own-simd/1');
  const { losses, digest } = trainSmallNet(20);
  t.diagnostic(`loss ${losses[0]?.toFixed(4)} → ${losses.at(-1)?.toFixed(4)}`);
  assert.ok((losses.at(-1) ?? Infinity) < (losses[0] ?? 0), 'the loss falls');
  assert.equal(trainSmallNet(20).digest, digest, 'the same again');
  if (process.arch === 'x64') assert.equal(digest, digestOnX86);
});

test('the wasm back-end trains as the cpu back-end does, within rounding', async () => {
  await useBackend('cpu');
  const expected = trainSmallNet(3).losses;
  await useBackend('wasm');
  trainSmallNet(3).losses.forEach((loss, i) => assert.ok(
    Math.abs(loss - (expected[i] ?? NaN)) < 2e-5, `step ${i}: ${loss}, ${expected[i]}`,
  ));
});

test('fifty steps leave no tensor behind', async () => {
  await useBackend('wasm');
  const before = tf.memory().numTensors;
  const { live } = trainSmallNet(50);
  assert.equal(live.length, 50);
  assert.equal(new Set(live).size, 1, `live tensors after each step: ${live.join(' ')}`);
  assert.equal(tf.memory().numTensors, before);
});

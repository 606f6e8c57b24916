import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attention, gelu, tf, useBackend } from '../../src/tensor/index.ts';
import type { BackendName } from '../../src/tensor/index.ts';
import { backendFiles } from '../../src/tensor/backend-files.node.ts';
import { assertEqualsCpu, drawn, resultsOn } from './compare.ts';

test('the back-end says what it computes with', async () => {
  const own = await useBackend('wasm');
  assert.deepEqual(
    own, { name: 'wasm', kernels: 'own-simd/1', versions: { tfjs: '4.22.0', 'tfjs-backend-wasm': '4.22.0' } },
  );
  assert.equal(tf.getBackend(), 'wasm');
  assert.equal((await useBackend('cpu')).kernels, 'stock');
  assert.equal(tf.getBackend(), 'cpu');
});

test("tfjs's own kernels come back and go again", async () => {
  const inputs = [drawn([2, 5, 12]), drawn([40, 50]), drawn([60, 50])];
  const compute = (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor[] => [
    gelu(attention(x, { heads: 2 }), 'erf'), tf.matMul(a, b, false, true),
  ];
  assert.equal((await useBackend('wasm', { kernels: 'stock' })).kernels, 'stock');
  assert.equal(tf.getKernel('AtlasAttention', 'wasm'), undefined);
  const stock = await resultsOn('wasm', compute, inputs, { kernels: 'stock' });
  const own = await resultsOn('wasm', compute, inputs);
  assert.ok(tf.getKernel('AtlasAttention', 'wasm'));
  stock.forEach((result, i) => {
    result.values.forEach((value, j) => assert.ok(Math.abs(value - (own[i]?.values[j] ?? NaN)) < 1e-5));
  });
});

test('kernels that are not the described file are not installed, and the back-end says so', async () => {
  await useBackend('wasm', { kernels: 'stock' });
  const warnings: unknown[] = [];
  const warn = console.warn;
  console.warn = (...words: unknown[]) => warnings.push(...words);
  try {
    const kernels = async (): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(8);
    const info = await useBackend('wasm', { files: { ...backendFiles(), kernels } });
    assert.match(info.kernels, /^stock \(.*SHA-256/);
    assert.match(String(warnings[0]), /own kernels could not be installed/);
  } finally {
    console.warn = warn;
  }
  assert.equal((await useBackend('wasm')).kernels, 'own-simd/1');
});

test('results stay right while the memory grows past 200 MiB', async (t) => {
  await useBackend('wasm');
  const many = tf.tidy(() => tf.matMul(tf.ones([4000, 30]), tf.fill([30, 4000], 0.5)));
  const kept = Array.from({ length: 3 }, () => tf.tidy(() => tf.transpose(tf.mul(many, 2))));
  const bytes = tf.memory().numBytes;
  t.diagnostic(`${Math.round(bytes / 2 ** 20)} MiB in tensors`);
  assert.ok(bytes > 200 * 2 ** 20);
  for (const tensor of [many, ...kept]) {
    const [lowest, highest] = tf.tidy(() => [tf.min(tensor).dataSync()[0], tf.max(tensor).dataSync()[0]]);
    assert.equal(lowest, highest);
    assert.equal(lowest, tensor === many ? 15 : 30);
  }
  await assertEqualsCpu((a, b) => tf.matMul(a, b, true, true), [drawn([50, 70]), drawn([60, 50])]);
  tf.dispose([many, ...kept]);
});

test('an unknown back-end, a missing package and a missing adapter are refused with what to do', async () => {
  await assert.rejects(useBackend('tpu' as BackendName), /no back-end "tpu".*wasm, cpu, node, webgpu/);
  const refusals = { node: /needs the .*@tensorflow\/tfjs-node.*npm install/, webgpu: /needs the .*webgpu.*npm install|graphics adapter.*install/ };
  for (const name of ['node', 'webgpu'] as const) {
    await useBackend(name).then(
      (info) => assert.equal(info.name, name),
      (error: Error) => assert.match(error.message, refusals[name]),
    );
  }
  await useBackend('wasm');
});

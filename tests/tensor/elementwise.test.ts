import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gelu, relu, tf } from '../../src/tensor/index.ts';
import type { GeluKind } from '../../src/tensor/index.ts';
import { plainGelu } from '../../src/tensor/ops/gelu.ts';
import { assertEqualsCpu, drawn, resultsOn, withGradients } from './compare.ts';

const lengths = [1, 3, 4, 7, 1001];

test('exp, tanh and erf equal the cpu back-end at any length', async () => {
  for (const n of lengths) {
    await assertEqualsCpu((x) => [tf.tanh(x), tf.erf(x)], [drawn([n], 8)], 1e-6);
    await assertEqualsCpu((x) => tf.exp(x), [drawn([n], 8)], 3e-7);
  }
});

test('exp, tanh and erf keep NaN, infinities and both zeros', async () => {
  const special = Float32Array.from([
    NaN, Infinity, -Infinity, 0, -0, 1e-40, -1e-40, 88.72, 89, 200, -87.4, -100, -104, -200,
  ]);
  const input = { values: special, shape: [special.length] };
  const [exp, tanh, erf] = await resultsOn('wasm', (x) => [tf.exp(x), tf.tanh(x), tf.erf(x)], [input]);
  assert.deepEqual([...(exp?.values.slice(0, 7) ?? [])], [NaN, Infinity, 0, 1, 1, 1, 1]);
  assert.ok((exp?.values[7] ?? 0) > 3.3e38, 'e^88.72 is the last finite power');
  assert.deepEqual([...(exp?.values.slice(8, 10) ?? [])], [Infinity, Infinity]);
  const small = exp?.values.slice(10) ?? [];
  assert.ok(Math.abs((small[0] ?? 0) / Math.exp(Math.fround(-87.4)) - 1) < 1e-6, 'just below the normal numbers');
  assert.ok(Math.abs((small[1] ?? 0) - Math.exp(-100)) < 1.5e-45, 'denormal');
  assert.deepEqual([small[2], small[3]], [0, 0]);
  for (const odd of [tanh, erf]) {
    const [nan, one, minusOne, zero, minusZero] = odd?.values ?? [];
    assert.ok(Number.isNaN(nan));
    assert.ok(Math.abs((one ?? 0) - 1) < 4e-7 && Math.abs((minusOne ?? 0) + 1) < 4e-7);
    assert.ok(Object.is(zero, 0) && Object.is(minusZero, -0));
  }
});

test('exp is within one unit in the last place, tanh and erf within 4e-7, over their range', async (t) => {
  const n = 100_000;
  const spread = (low: number, high: number) => ({
    values: Float32Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1)), shape: [n],
  });
  const powers = spread(-87, 88.5);
  const [exp] = await resultsOn('wasm', (x) => tf.exp(x), [powers]);
  let worst = 0;
  powers.values.forEach((x, i) => {
    worst = Math.max(worst, Math.abs((exp?.values[i] ?? 0) / Math.exp(x) - 1));
  });
  t.diagnostic(`exp: ${n} places, relative error at most ${worst.toExponential(2)}`);
  assert.ok(worst < 1.2e-7);
  const bounded = spread(-12, 12);
  const [tanh] = await resultsOn('wasm', (x) => tf.tanh(x), [bounded]);
  bounded.values.forEach((x, i) => assert.ok(Math.abs((tanh?.values[i] ?? 0) - Math.tanh(x)) < 4e-7, `tanh(${x})`));
});

test('GELU in its three forms and its gradient equal the plain composition', async () => {
  for (const kind of ['erf', 'tanh', 'quick'] satisfies GeluKind[]) {
    for (const n of lengths) {
      await assertEqualsCpu(
        withGradients((x) => plainGelu(x, kind)), [drawn([n], 6)], 1e-5, withGradients((x) => gelu(x, kind)),
      );
    }
  }
});

test('ReLU and its gradient equal the cpu back-end, with derivative 0 at 0 and NaN kept', async () => {
  const x = drawn([2, 3, 7]);
  x.values.set([0, -0, 1e-40, -1e-40, Infinity, -Infinity], 4);
  await assertEqualsCpu(withGradients((a) => tf.relu(a)), [x], 0, withGradients(relu));
  const [y] = await resultsOn('wasm', relu, [{ values: Float32Array.of(NaN, 1, -1), shape: [3] }]);
  assert.deepEqual([...(y?.values ?? [])], [NaN, 1, 0]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attention, tf } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { plainAttention } from '../../src/tensor/ops/attention.ts';
import { assertEqualsCpu, drawn, resultsOn, withGradients } from './compare.ts';

const forms = [
  { batch: 2, tokens: 11, heads: 3, size: 5 },
  { batch: 1, tokens: 1, heads: 1, size: 4 },
  { batch: 3, tokens: 75, heads: 4, size: 32 },
  { batch: 2, tokens: 16, heads: 2, size: 8 },
] as const;

test('attention and its gradient equal the plain composition, for all queries or the first ones', async (t) => {
  let compared = 0;
  for (const { batch, tokens, heads, size } of forms) {
    for (const queries of [tokens, 1, Math.ceil(tokens / 2)]) {
      const op = (f: typeof attention) => withGradients((qkv: Tensor) => f(qkv, { heads, queries }));
      compared += await assertEqualsCpu(
        op(plainAttention), [drawn([batch, tokens, 3 * heads * size], 2)], 1e-5, op(attention),
      );
    }
  }
  t.diagnostic(`${compared} numbers`);
});

test('extra keys and values, shared or per picture, and all three gradients equal the plain composition', async (t) => {
  let compared = 0;
  for (const { batch, tokens, heads, size } of forms) {
    for (const prompts of [[1], [7], [batch, 3]]) {
      for (const queries of [tokens, 1]) {
        const shape = [...prompts, heads * size];
        const op = (f: typeof attention) =>
          withGradients((qkv: Tensor, keys: Tensor, values: Tensor) => f(
            qkv, { heads, queries, extra: { keys, values } },
          ));
        const inputs = [drawn([batch, tokens, 3 * heads * size], 2), drawn(shape, 2), drawn(shape, 2)];
        compared += await assertEqualsCpu(op(plainAttention), inputs, 1e-5, op(attention));
      }
    }
  }
  t.diagnostic(`${compared} numbers`);
});

test('the first queries alone equal the first rows of all', async () => {
  const qkv = drawn([2, 9, 24], 2);
  const [few, all] = await resultsOn(
    'wasm',
    (x) => [attention(x, { heads: 2, queries: 4 }), tf.slice(attention(x, { heads: 2 }), [0, 0, 0], [2, 4, 8])], [qkv],
  );
  assert.deepEqual(few?.values, all?.values);
});

test('large scores do not overflow, and NaN stays', async () => {
  const qkv = drawn([1, 5, 12], 300);
  await assertEqualsCpu((x) => plainAttention(x, { heads: 2 }), [qkv], 1e-5, (x) => attention(x, { heads: 2 }));
  qkv.values[0] = NaN;
  const [y] = await resultsOn('wasm', (x) => attention(x, { heads: 2 }), [qkv]);
  assert.ok(y?.values.slice(0, 2).every(Number.isNaN));
  assert.ok(y?.values.slice(2).every(Number.isFinite));
});

test('a width that the heads do not divide is refused', async () => {
  await assert.rejects(resultsOn('wasm', (x) => attention(x, { heads: 5 }), [drawn([1, 2, 12])]), /5 heads/);
});

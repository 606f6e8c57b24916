import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerNorm } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { plainLayerNorm } from '../../src/tensor/ops/layer-norm.ts';
import { assertEqualsCpu, drawn, resultsOn, withGradients } from './compare.ts';

test('layer norm and its gradients with respect to x, gain and shift equal the plain composition', async () => {
  for (const width of [1, 3, 4, 64, 130]) {
    for (const leading of [[5], [2, 3]]) {
      const op = (f: typeof layerNorm) => withGradients((
        x: Tensor, gain: Tensor, shift: Tensor,
      ) => f(x, gain, shift, 1e-3));
      const inputs = [drawn([...leading, width]), drawn([width]), drawn([width])];
      await assertEqualsCpu(op(plainLayerNorm), inputs, 2e-5, op(layerNorm));
    }
  }
});

test('a constant row gives the shift, and one NaN spoils its own row only', async () => {
  const x = drawn([3, 6]);
  x.values.fill(2.5, 0, 6);
  x.values[8] = NaN;
  const shift = drawn([6]);
  const [y] = await resultsOn('wasm', (a, g, s) => layerNorm(a, g, s, 1e-6), [x, drawn([6]), shift]);
  assert.deepEqual(y?.values.slice(0, 6), shift.values);
  assert.ok(y?.values.slice(6, 12).every(Number.isNaN));
  assert.ok(y?.values.slice(12).every(Number.isFinite));
});

test('widths that do not fit are refused with both shapes', async () => {
  await assert.rejects(
    resultsOn('wasm', (a, g, s) => layerNorm(a, g, s, 1e-6), [drawn([2, 6]), drawn([5]), drawn([6])]), /\[6\].*\[5\]/,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globalMeanPool, maxPool2x2, tf } from '../../src/tensor/index.ts';
import { plainMaxPool2x2 } from '../../src/tensor/ops/max-pool.ts';
import { assertEqualsCpu, drawn, resultsOn, withGradients } from './compare.ts';

test('2×2 max-pooling and its gradient equal the cpu back-end, for odd sizes too', async () => {
  for (const shape of [[2, 4, 4, 4], [1, 2, 2, 1], [3, 5, 7, 3], [2, 6, 5, 9], [1, 9, 4, 8]]) {
    await assertEqualsCpu(withGradients(plainMaxPool2x2), [drawn(shape)], 0, withGradients(maxPool2x2));
  }
});

test('among equal maxima the first in row-major order takes the gradient', async () => {
  for (const channels of [1, 4, 5]) {
    const tied = { values: new Float32Array(2 * 4 * channels).fill(3), shape: [1, 2, 4, channels] };
    tied.values.fill(-1, 0, channels); // the first of the first window is smaller: its right neighbour takes it
    const [, dx] = await resultsOn('wasm', withGradients(maxPool2x2), [tied]);
    const places = Array.from({ length: 8 }, (_, place) => dx?.values[place * channels] !== 0);
    assert.deepEqual(places, [false, true, true, false, false, false, false, false]);
  }
});

test('the mean over places and its gradient equal the cpu back-end', async () => {
  await assertEqualsCpu(
    withGradients((x) => tf.mean(x, [1, 2])), [drawn([3, 4, 5, 6])], 1e-6, withGradients(globalMeanPool),
  );
});

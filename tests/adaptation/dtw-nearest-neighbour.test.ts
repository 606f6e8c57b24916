import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { dtwNearestNeighbour } from '../../src/adaptation/dtw-nearest-neighbour.ts';
import { dynamicTimeWarping } from '../../src/adaptation/dynamic-time-warping.ts';
import { majorityClass } from '../../src/adaptation/majority-class.ts';
import { worldVit } from '../../src/models/index.ts';
import type { FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { argmaxRows } from '../../src/reprogramming/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';

const [targets, length, stored, asked] = [3, 40, 12, 9];

before(() => useBackend('wasm'));

function anyModel(): FrozenModel {
  const weights = worldVit.initialise(createGenerator('weights'));
  return { id: 'test net', architecture: worldVit, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

const adapt = (window: number | string): Adapted =>
  dtwNearestNeighbour.adapt({ model: anyModel(), targets, options: { window }, verbalizer: null, seriesLength: length });

test('the answer is the class of the series that a plain search finds nearest, for any window', () => {
  const series = createGenerator('series').normals(stored * length);
  const labels = Int32Array.from({ length: stored }, (_, i) => i % targets);
  const queries = createGenerator('queries').normals(asked * length);
  const row = (values: Float32Array, i: number): Float64Array => Float64Array.from(values.subarray(i * length, (i + 1) * length));
  for (const [share, window] of [[0, 0], [0.1, 4], [1, 40]] as const) {
    const adapted = adapt(share);
    assert.equal(adapted.outputWidth, length);
    const params = adapted.settle?.(adapted.initialise(createGenerator(1)), series, labels) ?? {};
    const x = tf.tensor2d(queries, [asked, length]);
    const logits = adapted.align(params, adapted.outputs(params, x), null);
    assert.deepEqual(logits.shape, [asked, targets]);
    const plain = Array.from({ length: asked }, (_, i) => {
      const distances = Array.from({ length: stored }, (__, j) => dynamicTimeWarping(row(queries, i), row(series, j), window));
      return labels[distances.indexOf(Math.min(...distances))] ?? -1;
    });
    assert.deepEqual([...argmaxRows(logits.dataSync(), targets)], plain);
    assert.ok(new Set(plain).size > 1, 'all queries have one answer');
    disposeParams(params);
  }
});

test('it trains nothing, has no class, and refuses what it cannot compare', () => {
  const adapted = adapt(0.1);
  assert.equal(adapted.trainable, 0);
  assert.equal(adapted.taxonomy, null);
  assert.deepEqual(adapted.fit, { as: 'series' });
  assert.throws(() => adapt(1.5), /Option "window" is 1\.5; it must be a share of the length from 0 to 1\./);
  assert.throws(() => adapt('full'), RangeError);
  assert.throws(() => dtwNearestNeighbour.adapt({ model: anyModel(), targets, options: { window: 0.1 }, verbalizer: null }), /choose a task of time series/);
});

test('the majority class is the most frequent one, of equal ones the first', () => {
  const adapted = majorityClass.adapt({ model: anyModel(), targets, options: {}, verbalizer: null });
  for (const [labels, expected] of [[[2, 1, 2, 0], 2], [[1, 0, 0, 1], 0]] as const) {
    const params = adapted.settle?.({}, new Float32Array(labels.length), Int32Array.from(labels)) ?? {};
    const outputs = adapted.outputs(params, tf.zeros([5, 4, 4, 3]));
    assert.deepEqual(outputs.shape, [5, adapted.outputWidth]);
    assert.deepEqual([...argmaxRows(adapted.align(params, outputs, null).dataSync(), targets)], Array<number>(5).fill(expected));
    disposeParams(params);
  }
});

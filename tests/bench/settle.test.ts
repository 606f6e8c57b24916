import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { adaptToTask } from '../../src/bench/adapt-to-task.ts';
import { prepareRun, releaseRun } from '../../src/bench/prepare-run.ts';
import { specOf } from '../../src/bench/spec-of.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { tf } from '../../src/tensor/index.ts';
import { cellContext } from './cell-context.ts';

let context: CellContext;

before(async () => {
  context = await cellContext();
});

/** A trained method's request: what settles must not be trained all the same. */
const request: CellRequest = {
  methodId: 'additive-program',
  options: {},
  modelId: 'world-vit',
  taskId: 'world-outlines',
  split: { train: 12, test: 8 },
  epochs: 3,
  batch: 4,
  learningRate: 0.01,
  seed: 1,
};

test('what settles is given the outputs on the training examples, once, and nothing is trained after it', async () => {
  const prepared = await prepareRun(request, context, null);
  const calls: { outputs: Float32Array; labels: Int32Array }[] = [];
  const kept = tf.tensor1d([1, 2]);
  const dropped = tf.tensor1d([3]);
  const pixels = (prepared.drawing.train.x.size / 12) | 0;
  const adapted: Adapted = {
    ...prepared.adapted,
    taxonomy: null,
    alignment: { kind: 'identity' },
    outputWidth: pixels,
    outputsAreFixed: false,
    trainable: 0,
    initialise: () => ({ kept, dropped }),
    outputs: (_, x) => tf.tidy(() => tf.mul(tf.reshape(x, [-1, pixels]), 2)),
    settle: (params, outputs, labels) => {
      calls.push({ outputs, labels });
      assert.ok(params['kept'] && params['dropped']);
      return { kept: params['kept'], memory: tf.tensor2d(outputs, [labels.length, pixels]) };
    },
  };
  const tensors = tf.memory().numTensors;
  const outcome = await adaptToTask({ ...prepared, adapted });
  assert.equal(calls.length, 1);
  assert.deepEqual(calls[0]?.labels, prepared.drawing.train.labels);
  const twice = tf.mul(prepared.drawing.train.x, 2);
  assert.deepEqual(calls[0]?.outputs, Float32Array.from(twice.dataSync()));
  twice.dispose();
  assert.deepEqual(Object.keys(outcome.params).sort(), ['kept', 'memory']);
  assert.ok(!kept.isDisposed && dropped.isDisposed, 'what is kept stays, what is replaced is freed');
  assert.equal(tf.memory().numTensors, tensors, 'one came, one went');
  assert.deepEqual([outcome.steps, outcome.curve, outcome.queries], [0, [], 12]);
  assert.equal(specOf({ ...prepared, adapted }, outcome.steps).recipe, null);
  tf.dispose(Object.values(outcome.params));
  releaseRun(prepared);
});

test('what looks at series alone asks no network', async () => {
  const prepared = await prepareRun(request, context, null);
  const adapted: Adapted = {
    ...prepared.adapted,
    fit: { as: 'series' },
    outputsAreFixed: false,
    outputWidth: 1,
    initialise: () => ({}),
    outputs: (_, x) => tf.zeros([x.shape[0] ?? 0, 1]),
    alignment: { kind: 'identity' },
    settle: () => ({}),
  };
  assert.equal((await adaptToTask({ ...prepared, adapted })).queries, 0);
  releaseRun(prepared);
});

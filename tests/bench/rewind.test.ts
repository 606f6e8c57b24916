import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { runCell } from '../../src/bench/run-cell.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import type { DoneRecord } from '../../src/results/index.ts';
import { tf } from '../../src/tensor/index.ts';
import { cellContext, doneRecord } from './cell-context.ts';

let context: CellContext;

before(async () => {
  context = await cellContext();
});

const pruning: CellRequest = {
  methodId: 'e2vpt',
  options: { tokens: 4, keyValues: 2, pruned: 0.5, segments: 4, prunedSegments: 0.25, firstCourse: 0.4 },
  modelId: 'world-vit',
  taskId: 'world-outlines',
  split: { train: 40, test: 60 },
  epochs: 3,
  batch: 20,
  learningRate: 0.03,
  seed: 1,
};

const done = (request: CellRequest): Promise<DoneRecord> => doneRecord(request, context);

const [blocks, width, head] = [4, 64, 64 * 10 + 10];

test('pruning by rewinding shares the epochs, and its record counts what is left', async () => {
  const record = await done(pruning);
  assert.equal(record.params.trainable, blocks * (2 * 48 + 2 * width) + head);
  assert.deepEqual(record.result.curve.map(({ epoch }) => epoch), [1, 2, 3]);
  assert.equal(record.spec.recipe?.epochs, 3);
  assert.equal(record.spec.recipe?.steps, 6);
  // the probe's examples and one epoch, importance, the probe's again and two epochs
  assert.equal(record.cost?.queries, 40 + 40 + 40 + 40 + 80);
  const again = await done(pruning);
  assert.equal(again.result.trainedDigest, record.result.trainedDigest);
  assert.equal(again.result.predictionsDigest, record.result.predictionsDigest);
});

test('with nothing pruned, rewinding ends where the second course alone ends', async () => {
  const options = { ...pruning.options, pruned: 0, prunedSegments: 0, firstCourse: 0.1 };
  const rewound = await done({ ...pruning, options, epochs: 3 });
  assert.equal(rewound.params.trainable, blocks * (4 + 2) * width + head);
  // a first course of one or two epochs leaves no trace in a second one of two epochs
  const longer = await done({ ...pruning, options: { ...options, firstCourse: 0.5 }, epochs: 4 });
  assert.equal(longer.result.trainedDigest, rewound.result.trainedDigest);
});

test('an untrained prompt is not pruned', async () => {
  const record = await done({ ...pruning, control: 'untrained-program' });
  assert.equal(record.params.trainable, head);
  assert.deepEqual(record.result.curve, []);
});

test('one epoch is too few for two courses, and says so', async () => {
  await assert.rejects(runCell({ ...pruning, epochs: 1 }, context), /e2vpt prunes and trains again, which takes at least 2 epochs; the request has 1\./);
});

test('rewinding leaves no tensors behind', async () => {
  await done(pruning);
  const before = tf.memory().numTensors;
  await done(pruning);
  assert.equal(tf.memory().numTensors, before);
});

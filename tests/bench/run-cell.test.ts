import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { runCell, runTrial } from '../../src/bench/run-cell.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import { canonicalJson, countBits, decodeBits } from '../../src/results/index.ts';
import type { DoneRecord } from '../../src/results/index.ts';
import { tf } from '../../src/tensor/index.ts';
import { cellContext, doneRecord } from './cell-context.ts';

let context: CellContext;

before(async () => {
  context = await cellContext();
});

const small: CellRequest = {
  methodId: 'vpt-shallow',
  options: { tokens: 2 },
  modelId: 'world-vit',
  taskId: 'world-outlines',
  split: { train: 40, test: 60 },
  epochs: 2,
  batch: 20,
  learningRate: 0.03,
  seed: 1,
};

const done = (request: CellRequest): Promise<DoneRecord> => doneRecord(request, context);

test('a run leaves the frozen weights as they were, and its record says so', async () => {
  const record = await done(small);
  assert.equal(record.result.frozenBefore, record.result.frozenAfter);
  assert.equal(record.result.frozenBefore, record.spec.model.digest);
  const [accuracy] = record.result.metrics;
  assert.equal(accuracy?.n, 60);
  assert.equal(countBits(decodeBits(record.result.correct ?? '', 60)), Math.round((accuracy?.value ?? 0) * 60));
});

test('nothing in a spec varies with the seed, and what the seed draws does', async () => {
  for (const more of [{}, { control: 'random-net' as const, methodId: 'linear-probe', options: {} }]) {
    const [one, two] = [await done({ ...small, ...more }), await done({ ...small, ...more, seed: 2 })];
    assert.equal(canonicalJson(one.spec), canonicalJson(two.spec));
    assert.notEqual(one.drawn.splitDigest, two.drawn.splitDigest);
    assert.notEqual(one.result.trainedDigest, two.result.trainedDigest);
  }
});

test('the same request gives the same bits, also after other runs in the same process', async () => {
  const first = await done(small);
  await done({ ...small, methodId: 'additive-program', options: {}, learningRate: 0.001 });
  const again = await done(small);
  assert.equal(first.result.trainedDigest, again.result.trainedDigest);
  assert.equal(first.result.predictionsDigest, again.result.predictionsDigest);
});

test('remembered outputs of one task are never taken for those of another, even where the draws agree', async () => {
  const probe = { ...small, methodId: 'linear-probe', options: {}, learningRate: 0.001 };
  const outlines = await done(probe);
  const digits = await done({ ...probe, taskId: 'world-digits' });
  assert.equal(outlines.drawn.splitDigest, digits.drawn.splitDigest);
  assert.notEqual(outlines.result.trainedDigest, digits.result.trainedDigest);
});

test('an untrained prompt trains nothing but the probe it starts from', async () => {
  const record = await done({ ...small, control: 'untrained-program' });
  assert.equal(record.spec.recipe, null);
  assert.deepEqual(record.result.curve, []);
  assert.equal(record.spec.control, 'untrained-program');
  assert.equal(record.params.trainable, 64 * 10 + 10);
  assert.deepEqual(record.params.names, ['alignment.bias', 'alignment.weight']);
});

test('an instruction is run by the same road, with nothing trained', async () => {
  const record = await done({ ...small, methodId: 'picture-template', options: {}, epochs: 0 });
  assert.deepEqual(record.spec.taxonomy, {
    configuration: ['fixed'],
    location: ['input'],
    operator: ['concatenative'],
    alignment: ['structural'],
  });
  assert.equal(record.params.trainable, 0);
  assert.equal(record.result.trainedDigest, null);
});

test('a training that diverges leaves a failed record, and a null in a search', async () => {
  const wild = { ...small, methodId: 'full-fine-tuning', options: {}, learningRate: 1e30 };
  const record = await runCell(wild, context);
  assert.equal(record.status, 'failed');
  assert.match(record.status === 'failed' ? record.result.error : '', /diverged: the loss at step \d+/);
  assert.deepEqual(await runTrial({ ...wild, learningRates: [1e30], heldOut: 10 }, context), { value: null });
});

test('a trial measures on held-out training pictures', async () => {
  const { value } = await runTrial({ ...small, learningRate: 0.03, heldOut: 10 }, context);
  assert.ok(value !== null && Math.abs(value * 10 - Math.round(value * 10)) < 1e-9, `${value} is no share of 10 pictures`);
});

test('runs leave no tensors behind', async () => {
  await done(small);
  const before = tf.memory().numTensors;
  await done(small);
  await done({ ...small, methodId: 'linear-probe', options: {}, control: 'random-net' });
  assert.equal(tf.memory().numTensors, before);
});

test('unknown names and options are refused with what there is', async () => {
  await assert.rejects(runCell({ ...small, methodId: 'vpt-shalow' }, context), /unknown method "vpt-shalow"; did you mean "vpt-shallow"/);
  await assert.rejects(runCell({ ...small, modelId: 'world-vitt' }, context), /did you mean "world-vit"/);
  await assert.rejects(runCell({ ...small, options: { token: 1 } }, context), /no option "token"; its options: tokens/);
});

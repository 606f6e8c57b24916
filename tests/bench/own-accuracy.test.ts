import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { z } from 'zod';
import { ownAccuracy } from '../../src/bench/own-accuracy.ts';
import { modelRows } from '../../src/models/index.ts';
import type { FrozenModel } from '../../src/models/index.ts';
import type { Task } from '../../src/tasks/index.ts';
import { findTask } from '../../src/tasks/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import type { BackendInfo } from '../../src/tensor/index.ts';

let backend: BackendInfo;
before(async () => {
  backend = await useBackend('cpu');
});

const count = 601;
const bytes = Uint8Array.from({ length: count * 4 }, (_, i) => (i * 97 + (i >> 3) * 31) % 256);
const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
const pictures = { images: bytes, shape: [2, 2, 1], labels, count } as const;
const task: Task = { id: 'halves', title: 'Halves', classes: ['left', 'right'], train: pictures, test: pictures, digest: 'd', generated: true };

/** Answers with the brighter half of a picture of 2 × 2. */
const model: FrozenModel = {
  id: 'brighter-half',
  architecture: {
    kind: 'convolutional',
    input: { rows: 2, columns: 2, channels: 1, mean: [0], std: [1] },
    outputs: 2,
    featureWidth: 2,
    embed: (_, x) => x,
    blocks: [(_, state) => tf.mul(state, 3)],
    features: (_, state) => tf.reshape(tf.sum(state, 1), [-1, 2]),
    classifierWeights: [],
    classify: (_, features) => features,
    initialise: () => ({}),
  },
  weights: {},
  digest: 'w',
  classes: ['left', 'right'],
  homeMade: true,
};

test('a model is shown every test picture once, in the order of the set, and right answers are counted', () => {
  const right = Array.from(labels).filter((label, i) => {
    const at = (n: number): number => bytes[i * 4 + n] ?? 0;
    return (at(1) + at(3) > at(0) + at(2) ? 1 : 0) === label;
  }).length;
  const { correct, n, accuracy, taskDigest } = ownAccuracy(model, task, backend);
  assert.ok(right > 0 && right < count, `${right} of ${count}`);
  assert.deepEqual({ correct, n, accuracy, taskDigest }, { correct: right, n: count, accuracy: right / count, taskDigest: 'd' });
});

test('a task with other classes, or in another order, is refused', () => {
  assert.throws(() => ownAccuracy(model, { ...task, classes: ['right', 'left'] }, backend), /brighter-half answers in the classes left, right/);
  assert.throws(() => ownAccuracy(model, { ...task, classes: ['left'] }, backend), RangeError);
});

const card = z.object({
  id: z.string(),
  digest: z.string().optional(),
  classes: z.array(z.string()).optional(),
  measured: z.object({ task: z.string(), taskDigest: z.string(), n: z.number(), correct: z.number(), accuracy: z.number() }).optional(),
});
const taskCard = z.object({ digest: z.string(), classes: z.array(z.string()), counts: z.object({ test: z.number() }) });

test('the committed card of every model with an own task says how well it does it, on the data that the task has', (t) => {
  const cards = join(import.meta.dirname, '..', '..', 'benchmarks', 'cards');
  let examined = 0;
  for (const file of readdirSync(join(cards, 'models'))) {
    const { id, classes, measured } = card.parse(JSON.parse(readFileSync(join(cards, 'models', file), 'utf8')));
    const { ownTask } = modelRows.find((row) => row.id === id) ?? {};
    assert.equal(measured?.task, ownTask, id);
    if (ownTask === undefined || measured === undefined) continue;
    const own = taskCard.parse(JSON.parse(readFileSync(join(cards, 'tasks', `${ownTask}.json`), 'utf8')));
    assert.deepEqual(classes, own.classes, id);
    assert.deepEqual(findTask(ownTask).classes, own.classes, id);
    assert.equal(measured.taskDigest, own.digest, id);
    assert.equal(measured.n, own.counts.test, id);
    assert.equal(measured.accuracy, measured.correct / measured.n, id);
    examined += 1;
  }
  t.diagnostic(`${examined} models`);
  assert.ok(examined >= 1, `${examined} models`);
});

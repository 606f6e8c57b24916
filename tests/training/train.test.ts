import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createGenerator } from '../../src/random/index.ts';
import { digestParams, linear, softmaxCrossEntropy, tf, useBackend } from '../../src/tensor/index.ts';
import type { Params } from '../../src/tensor/index.ts';
import { Diverged, fitProbe, train } from '../../src/training/index.ts';
import type { Recipe, Training } from '../../src/training/index.ts';

before(() => useBackend('wasm'));

const count = 60;
const targets = 3;

/** Three clouds in the plane, and the loss of a linear classifier on them. */
function clouds(): { values: Float32Array; labels: Int32Array } {
  const generator = createGenerator('clouds');
  const labels = Int32Array.from({ length: count }, (_, i) => i % targets);
  const values = Float32Array.from({ length: count * 2 }, (_, i) => {
    const label = labels[i >> 1] ?? 0;
    const centre = i % 2 === 0 ? label * 40 : label === 1 ? 4 : 0;
    return centre + generator.normal();
  });
  return { values, labels };
}

function training(recipe: Recipe, seed: number, more: Partial<Training> = {}): Training {
  const { values, labels } = clouds();
  const x = tf.tensor2d(values, [count, 2]);
  const y = tf.tensor1d(labels, 'int32');
  return {
    recipe,
    count,
    generator: createGenerator(seed),
    loss: ({ weight, bias }, indices) => {
      const picked = tf.tensor1d(indices, 'int32');
      assert.ok(weight && bias);
      const outputs = linear(tf.gather(x, picked), weight, bias);
      return { loss: softmaxCrossEntropy(outputs, tf.gather(y, picked)), outputs };
    },
    ...more,
  };
}

const zeros = (): Params => ({ weight: tf.zeros([2, targets]), bias: tf.zeros([targets]) });
const recipe: Recipe = { optimiser: { name: 'adam' }, schedule: { name: 'cosine' }, learningRate: 0.1, epochs: 6, batch: 16 };

test('the same recipe and seed give the same bits, another seed gives others', async () => {
  const digests = [];
  for (const seed of [1, 1, 2]) digests.push(digestParams((await train(zeros(), training(recipe, seed))).params));
  assert.equal(digests[0], digests[1]);
  assert.notEqual(digests[0], digests[2]);
});

test('every epoch shows every item once, the short last batch too, and outputs belong to their items', async () => {
  const seen: number[][] = [[]];
  await train(zeros(), training(recipe, 1, {
    beforeEpoch: (epoch) => (seen[epoch] = []),
    observe: (indices, outputs) => {
      assert.equal(outputs.length, indices.length * targets);
      seen.at(-1)?.push(...indices);
    },
  }));
  assert.equal(seen.length, recipe.epochs);
  for (const epoch of seen) assert.deepEqual([...epoch].sort((a, b) => a - b), Array.from({ length: count }, (_, i) => i));
  assert.notDeepEqual(seen[0], seen[1]);
});

test('training holds a constant number of tensors and frees everything but its result', async () => {
  const setting = training(recipe, 1);
  const counts: number[] = [];
  const initial = zeros();
  const before = tf.memory().numTensors;
  const { params } = await train(initial, { ...setting, report: () => counts.push(tf.memory().numTensors) });
  assert.ok(counts.length > 20);
  assert.equal(new Set(counts).size, 1, `live tensors: ${counts.join(' ')}`);
  assert.equal(tf.memory().numTensors, before);
  tf.dispose(Object.values(params));
});

test('the first steps of a stopped course are the first steps of the whole', async () => {
  const stopped = await train(zeros(), training({ ...recipe, stopAfter: 5 }, 1));
  assert.equal(stopped.steps, 5);
  let fifth = '';
  let steps = 0;
  const setting = training(recipe, 1);
  await train(zeros(), { ...setting, loss: (params, indices) => {
    if (steps++ === 5) fifth = digestParams(params);
    return setting.loss(params, indices);
  } });
  assert.equal(digestParams(stopped.params), fifth);
});

test('a training that leaves the numbers behind says so', async () => {
  const wild: Recipe = { optimiser: { name: 'sgd' }, schedule: { name: 'constant' }, learningRate: 1e38, epochs: 50, batch: 16 };
  await assert.rejects(train(zeros(), training(wild, 1)), Diverged);
});

test('the probe separates what a line separates, whatever the scale of its columns', async () => {
  const { values, labels } = clouds();
  const { weight, bias } = await fitProbe({ values, width: 2, labels }, targets, createGenerator(1));
  const answers = tf.argMax(linear(tf.tensor2d(values, [count, 2]), weight, bias), 1).dataSync();
  const right = labels.filter((label, index) => answers[index] === label).length;
  assert.ok(right >= 0.95 * count, `${right} of ${count}`);
});

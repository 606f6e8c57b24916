import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { createGenerator } from '../../src/random/index.ts';
import { digestParams, disposeParams, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { estimateGradient } from '../../src/training/estimate-gradient.ts';
import { lossesPerStep, train } from '../../src/training/index.ts';
import type { Recipe, Training } from '../../src/training/index.ts';

before(() => useBackend('wasm'));

const values = (tensor: Tensor | undefined): number[] => (tensor ? [...tensor.dataSync()] : []);
/** All numbers of a tree, tensor after tensor. */
const flat = (params: Params): number[] => Object.values(params).flatMap(values);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);

/** ½ Σ scale · (w − centre)² over two tensors, and its gradient scale · (w − centre). */
function quadratic(seed: number): { params: Params; loss: (params: Params) => number; gradient: number[] } {
  const generator = createGenerator(seed);
  const size = 10;
  const scale = Array.from({ length: size }, () => generator.uniform(0.5, 2));
  const centre = Array.from({ length: size }, () => generator.normal());
  const start = [...generator.normals(size)];
  const params: Params = { 'manipulation.0.program': tf.tensor2d(start.slice(0, 6), [2, 3]), other: tf.tensor1d(start.slice(6)) };
  const loss = (now: Params): number =>
    flat(now).reduce((sum, w, i) => sum + 0.5 * (scale[i] ?? NaN) * (w - (centre[i] ?? NaN)) * (w - (centre[i] ?? NaN)), 0);
  return { params, loss, gradient: start.map((w, i) => (scale[i] ?? NaN) * (w - (centre[i] ?? NaN))) };
}

test('on a quadratic the mean of many estimates approaches the gradient, whatever the distance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0.01, 0.1, 1), (seed, smoothing) => {
      const { params, loss, gradient } = quadratic(seed);
      const off = (directions: number): number => {
        const { gradients } = estimateGradient(loss, params, { by: 'queries', directions, smoothing }, createGenerator(seed));
        const difference = flat(gradients).map((value, i) => value - (gradient[i] ?? NaN));
        disposeParams(gradients);
        return Math.sqrt(dot(difference, difference) / dot(gradient, gradient));
      };
      // the standard deviation is √(9/q) at smoothing 0, so 0.05 here; a distance of 1 adds to it
      const far = off(4000);
      assert.ok(far < 0.25, `${far} of the gradient's length away`);
      assert.ok(off(4) > far, 'few directions are farther away');
      disposeParams(params);
    }),
    { numRuns: 6 },
  );
});

test('on a plane the square of an estimate is (b + q − 1)/q times that of the gradient on average', () => {
  const generator = createGenerator('plane');
  const slope = [...generator.normals(12)];
  const params: Params = { w: tf.zeros([12]) };
  const loss = (now: Params): number => dot(values(now['w']), slope);
  for (const directions of [1, 4]) {
    const draws = 3000;
    let sum = 0;
    for (let k = 0; k < draws; k++) {
      const how = { by: 'queries', directions, smoothing: 0.5 } as const;
      const { gradients } = estimateGradient(loss, params, how, generator.split(directions).split(k));
      sum += dot(flat(gradients), flat(gradients)) / draws;
      disposeParams(gradients);
    }
    const expected = (12 + directions - 1) / directions;
    assert.ok(Math.abs(sum / dot(slope, slope) / expected - 1) < 0.1, `${sum / dot(slope, slope)} and not ${expected}`);
  }
});

test('an estimate takes q + 1 losses at distance β, keeps names and shapes, changes nothing and frees all but its result', () => {
  const { params, loss } = quadratic(3);
  const asked: number[][] = [];
  const digest = digestParams(params);
  const tensors = tf.memory().numTensors;
  const how = { by: 'queries', directions: 5, smoothing: 0.1 } as const;
  const one = estimateGradient((now) => (asked.push(flat(now)), loss(now)), params, how, createGenerator(1));
  assert.equal(tf.memory().numTensors, tensors + 2);
  assert.equal(asked.length, lossesPerStep(how));
  assert.equal(asked.length, 6);
  assert.equal(one.loss, loss(params));
  assert.deepEqual(asked[0], flat(params));
  for (const point of asked.slice(1)) {
    const step = point.map((value, i) => value - (flat(params)[i] ?? NaN));
    assert.ok(Math.abs(Math.sqrt(dot(step, step)) - 0.1) < 1e-6);
  }
  assert.deepEqual(
    Object.entries(one.gradients).map(([name, { shape }]) => [name, shape]),
    Object.entries(params).map(([name, { shape }]) => [name, shape]),
  );
  assert.equal(digestParams(params), digest);
  const again = estimateGradient(loss, params, how, createGenerator(1));
  const other = estimateGradient(loss, params, how, createGenerator(2));
  assert.equal(digestParams(again.gradients), digestParams(one.gradients));
  assert.notEqual(digestParams(other.gradients), digestParams(one.gradients));
});

/** A bowl over pairs of numbers, one a training item: the mean of |w − item|². */
function bowl(recipe: Recipe, more: Partial<Training> = {}): { training: Training; batches: number[][]; losses: () => number } {
  const items = tf.tensor2d(createGenerator('items').normals(24), [12, 2]);
  const batches: number[][] = [];
  let losses = 0;
  return {
    batches,
    losses: () => losses,
    training: {
      recipe,
      count: 12,
      generator: createGenerator(5),
      loss: ({ w }, indices) => {
        losses += 1;
        batches.push([...indices]);
        assert.ok(w);
        const off = tf.sub(tf.gather(items, tf.tensor1d(indices, 'int32')), w);
        return { loss: tf.mean(tf.sum(tf.square(off), 1)), outputs: off };
      },
      ...more,
    },
  };
}

const recipe: Recipe = { optimiser: { name: 'adam' }, schedule: { name: 'constant' }, learningRate: 0.05, epochs: 20, batch: 5 };
const gradient = { by: 'queries', directions: 3, smoothing: 0.05 } as const;
const start = (): Params => ({ w: tf.tensor1d([3, -3]) });

test('training by queries goes down, says how often it asked, and repeats bit for bit', async () => {
  const { training, losses } = bowl({ ...recipe, gradient });
  const one = await train(start(), training);
  const [first, last] = [one.curve[0]?.loss ?? NaN, one.curve.at(-1)?.loss ?? NaN];
  assert.ok(last < first / 2, `from ${first} to ${last}`);
  assert.equal(losses(), one.steps * 4);
  assert.equal(one.evaluations, 20 * 12 * 4, 'every example of every epoch, once for each of four losses');
  const again = await train(start(), bowl({ ...recipe, gradient }).training);
  assert.equal(digestParams(again.params), digestParams(one.params));
  const exact = await train(start(), bowl(recipe).training);
  assert.equal(exact.evaluations, 20 * 12);
  assert.notEqual(digestParams(exact.params), digestParams(one.params));
});

test('directions come from a stream of their own: the order of the examples is that of the exact gradient', async () => {
  const [estimated, exact] = [bowl({ ...recipe, gradient }), bowl(recipe)];
  await train(start(), estimated.training);
  await train(start(), exact.training);
  assert.deepEqual(estimated.batches.filter((_, i) => i % 4 === 0), exact.batches);
});

test('a step by queries hands on the outputs of the parameters as they are, and leaves no tensors behind', async () => {
  const seen: number[] = [];
  const counts: number[] = [];
  const { training } = bowl({ ...recipe, gradient, clip: 1 }, {
    observe: (indices, outputs) => seen.push(outputs.length / indices.length),
    report: () => counts.push(tf.memory().numTensors),
  });
  const initial = start();
  const tensors = tf.memory().numTensors;
  const { params, steps } = await train(initial, training);
  assert.equal(seen.length, steps);
  assert.ok(seen.every((width) => width === 2));
  assert.ok(counts.length > 20);
  assert.equal(new Set(counts).size, 1);
  assert.equal(tf.memory().numTensors, tensors);
  disposeParams(params);
});

test('with enough directions the estimate is the gradient of a network\'s loss', () => {
  const x = tf.tensor2d(createGenerator('x').normals(30), [10, 3]);
  const loss = ({ w }: Params): Tensor => tf.mean(tf.square(tf.sigmoid(tf.matMul(x, w ?? x))));
  const params: Params = { w: tf.tensor2d(createGenerator('w').normals(6), [3, 2]) };
  const exact = flat(valueAndGradients(loss, params).gradients);
  const lossAt = (now: Params): number => tf.tidy(() => loss(now).dataSync()[0] ?? NaN);
  const how = { by: 'queries', directions: 4000, smoothing: 0.01 } as const;
  const estimate = flat(estimateGradient(lossAt, params, how, createGenerator(9)).gradients);
  const cosine = dot(exact, estimate) / Math.sqrt(dot(exact, exact) * dot(estimate, estimate));
  assert.ok(cosine > 0.99, `cosine ${cosine}`);
});

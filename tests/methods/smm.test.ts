import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { smm } from '../../src/methods/smm.ts';
import { resnetCifar, vit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel, PictureInput } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { groupingMap, labelMapTensor } from '../../src/reprogramming/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { digestParams, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

const targets = 5;

before(() => useBackend('wasm'));

function frozen(architecture: Architecture): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

function small(input: PictureInput): Architecture {
  return vit({ input, tokeniser: { as: 'patches', size: 4 }, width: 8, depth: 2, heads: 2, mlpWidth: 12, layerNormEps: 1e-6, outputs: 7 });
}

const square = (side: number): PictureInput => ({ rows: side, columns: side, channels: 3, mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.5] });

const adapt = (model: FrozenModel, patch: number): Adapted => smm.adapt({ model, targets, options: { patch }, verbalizer: null });

const pictures = (count: number, side: number): Tensor =>
  tf.tensor(createGenerator('x').uniforms(count * side * side * 3), [count, side, side, 3]);

const largest = (a: Tensor, b: Tensor): number => {
  assert.deepEqual(a.shape, b.shape);
  const scale = Math.max(1e-3, tf.max(tf.abs(b)).dataSync()[0] ?? 0);
  return (tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? Infinity) / scale;
};

/** The larger of every two neighbours along an axis of `[batch, rows, columns, channels]`. */
function halve(x: Tensor, axis: 1 | 2): Tensor {
  const [batch = 0, rows = 0, columns = 0, channels = 0] = x.shape;
  const [outer, inner] = axis === 1 ? [(batch * rows) / 2, columns * channels] : [(batch * rows * columns) / 2, channels];
  const pairs = tf.reshape(x, [outer, 2, inner]);
  const larger = tf.maximum(tf.slice(pairs, [0, 0, 0], [-1, 1, -1]), tf.slice(pairs, [0, 1, 0], [-1, 1, -1]));
  return tf.reshape(larger, axis === 1 ? [batch, rows / 2, columns, channels] : [batch, rows, columns / 2, channels]);
}

/**
 * The mask times the pattern in normalised units, written from the original code with tfjs's own operations, and its
 * norm exchanged: cell (i, j) of the mask is spread over its pixels by index.
 */
function plainAddend(params: Params, normalised: Tensor, patch: number): Tensor {
  const of = (name: string): Tensor => params[`manipulation.0.${name}`] ?? tf.scalar(NaN);
  const convolve = (x: Tensor, layer: number): Tensor =>
    tf.add(tf.conv2d(x as tf.Tensor4D, of(`mask.${layer}.weight`) as tf.Tensor4D, 1, 'same'), of(`mask.${layer}.bias`));
  let state = normalised;
  for (let layer = 1; layer <= 4; layer += 1) {
    const before = convolve(state, layer);
    const { mean, variance } = tf.moments(before, -1, true);
    const standard = tf.div(tf.sub(before, mean), tf.sqrt(tf.add(variance, 1e-5)));
    state = tf.relu(tf.add(tf.mul(standard, of(`mask.${layer}.gain`)), of(`mask.${layer}.shift`)));
    if ([2, 4, 8, 16].slice(layer - 1).includes(patch)) state = halve(halve(state, 1), 2);
  }
  const mask = convolve(state, 5);
  const cells = tf.tensor1d(Array.from({ length: normalised.shape[1] ?? 0 }, (_, pixel) => Math.floor(pixel / patch)), 'int32');
  return tf.mul(tf.gather(tf.gather(mask, cells, 1), cells, 2), of('pattern'));
}

for (const [side, patch] of [[8, 4], [16, 8], [16, 1]] as const) {
  test(`cells of ${patch} pixels on ${side}: outputs, gradients and ten steps are those of the plain road`, () => {
    const input = square(side);
    const model = frozen(small(input));
    const adapted = adapt(model, patch);
    const bare = small({ ...input, mean: [0, 0, 0], std: [1, 1, 1] });
    const x = pictures(3, side);
    const normalised = tf.div(tf.sub(x, tf.tensor1d([...input.mean])), tf.tensor1d([...input.std]));
    const plainOutputs = (params: Params): Tensor => {
      const embedded = bare.embed(model.weights, tf.add(normalised, plainAddend(params, normalised, patch)));
      return bare.classify(model.weights, bare.features(model.weights, bare.blocks.reduce((now, block) => block(model.weights, now), embedded)));
    };
    const y = tf.tensor1d([0, 3, 4], 'int32');
    const map = labelMapTensor(groupingMap([[0], [1], [2], [3], [4]], 7));
    let params: Params = Object.fromEntries(
      Object.entries(adapted.initialise(createGenerator('start'))).map(([name, value]) => [
        name,
        tf.add(value, tf.tensor(createGenerator(name).normals(value.size), value.shape).mul(0.2)),
      ]),
    );
    for (let step = 0; step < 10; step += 1) {
      assert.ok(largest(adapted.outputs(params, x), plainOutputs(params)) <= (step === 0 ? 1e-5 : 1e-4), `outputs at step ${step}`);
      const [ours, theirs] = [(now: Params) => adapted.outputs(now, x), plainOutputs].map((outputs) =>
        valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, outputs(now), map), y), params),
      );
      assert.ok(ours && theirs);
      for (const [name, gradient] of Object.entries(ours.gradients)) {
        assert.ok(largest(gradient, theirs.gradients[name] ?? x) <= 1e-4, `gradient of ${name} at step ${step}`);
      }
      params = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, tf.sub(value, tf.mul(ours.gradients[name] ?? tf.scalar(NaN), 0.1))]),
      );
    }
    assert.equal(digestParams(model.weights), model.digest);
  });
}

test('with its pattern at 0 it starts as the frozen model, and the first gradient is the pattern’s alone', () => {
  const model = frozen(small(square(16)));
  const adapted = adapt(model, 4);
  const params = adapted.initialise(createGenerator('start'));
  const x = pictures(3, 16);
  const { architecture, weights } = model;
  const state = architecture.blocks.reduce((now, block) => block(weights, now), architecture.embed(weights, x));
  assert.equal(largest(adapted.outputs(params, x), architecture.classify(weights, architecture.features(weights, state))), 0);
  const map = labelMapTensor(groupingMap([[0], [1], [2], [3], [4]], 7));
  const y = tf.tensor1d([0, 3, 4], 'int32');
  const { gradients } = valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, adapted.outputs(now, x), map), y), params);
  const moving = Object.entries(gradients).filter(([, gradient]) => (tf.max(tf.abs(gradient)).dataSync()[0] ?? 0) > 0);
  assert.deepEqual(moving.map(([name]) => name), ['manipulation.0.pattern']);
});

test('what is added to a picture depends on that picture alone, and differs between pictures', () => {
  const adapted = adapt(frozen(small(square(16))), 4);
  const start = adapted.initialise(createGenerator('start'));
  const params = { ...start, 'manipulation.0.pattern': tf.tensor(createGenerator('pattern').normals(768), [16, 16, 3]) };
  const x = pictures(3, 16);
  const together = adapted.outputs(params, x);
  for (const row of [0, 1, 2]) {
    const alone = adapted.outputs(params, tf.slice(x, [row, 0, 0, 0], [1, -1, -1, -1]));
    assert.ok(largest(alone, tf.slice(together, [row, 0], [1, -1])) <= 1e-5, `picture ${row}`);
  }
  const { mean, std } = square(16);
  const addend = plainAddend(params, tf.div(tf.sub(x, tf.tensor1d([...mean])), tf.tensor1d([...std])), 4);
  assert.ok(largest(tf.slice(addend, [0, 0, 0, 0], [1, -1, -1, -1]), tf.slice(addend, [1, 0, 0, 0], [1, -1, -1, -1])) > 0.01);
});

test('the mask network of five layers has the 26,499 numbers of the original, whatever the cells', () => {
  const model = frozen(resnetCifar(8));
  for (const patch of [1, 2, 4, 8, 16]) assert.equal(adapt(model, patch).trainable, 3 * 32 * 32 + 26499);
});

test('SMM is learnable, at the input, additive and statistical, and refuses cells that do not fill the canvas', () => {
  const model = frozen(resnetCifar(8));
  assert.deepEqual(adapt(model, 4).taxonomy, {
    configuration: ['learnable'],
    location: ['input'],
    operator: ['additive'],
    alignment: ['statistical'],
  });
  const message = /^Cells of 5 pixels a side can't fill a picture of 32 × 32; choose one of 1, 2, 4, 8, 16\.$/;
  assert.throws(() => adapt(model, 5), { name: 'RangeError', message });
  assert.throws(() => adapt(model, 0), { name: 'RangeError', message: /^Option "patch" is 0; it must be a whole number of at least 1\.$/ });
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { vp } from '../../src/methods/vp.ts';
import { resnetCifar, vit, worldVit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel, PictureInput } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { labelMapTensor } from '../../src/reprogramming/index.ts';
import type { Adapted, Options } from '../../src/reprogramming/index.ts';
import { digestParams, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

before(() => useBackend('wasm'));

function frozen(architecture: Architecture): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

/** A network whose three channels are normalised by different means and deviations. */
const unevenInput = (side: number): PictureInput => ({ rows: side, columns: side, channels: 3, mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.5] });

const uneven = (side: number): Architecture =>
  vit({
    input: unevenInput(side),
    tokeniser: { as: 'patches', size: 4 },
    width: 8,
    depth: 2,
    heads: 2,
    mlpWidth: 12,
    layerNormEps: 1e-6,
    outputs: 7,
  });

const adapt = (model: FrozenModel, options: Options, targets = 5): Adapted =>
  vp.adapt({ model, targets, options: { ...vp.options, ...options }, verbalizer: null });

const pictures = (side: number): Tensor => tf.tensor(createGenerator('x').uniforms(3 * side * side * 3), [3, side, side, 3]);

const largest = (a: Tensor, b: Tensor): number => {
  const scale = Math.max(1e-3, tf.max(tf.abs(b)).dataSync()[0] ?? 0);
  return (tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? Infinity) / scale;
};

/** The prompt as the original code assembles it, `[side, side, channels]`: pads and an empty base, or a corner. */
function assembled(shape: string, width: number, side: number, prompt: Tensor): Tensor {
  if (shape === 'fixed-patch') {
    return tf.pad(tf.slice(prompt, [0, 0, 0], [width, width, -1]), [[0, side - width], [0, side - width], [0, 0]]);
  }
  const inner = side - 2 * width;
  const part = (row: number, column: number, rows: number, columns: number): Tensor => tf.slice(prompt, [row, column, 0], [rows, columns, -1]);
  const middle = tf.concat([part(width, 0, inner, width), tf.zeros([inner, inner, 3]), part(width, side - width, inner, width)], 1);
  return tf.concat([part(0, 0, width, side), middle, part(side - width, 0, width, side)], 0);
}

for (const [shape, width, side] of [['frame', 2, 8], ['frame', 5, 16], ['fixed-patch', 3, 8], ['fixed-patch', 16, 16]] as const) {
  test(`a ${shape} of ${width} on ${side} pixels is the original code's prompt, added after normalisation`, () => {
    const model = frozen(uneven(side));
    const { mean, std } = unevenInput(side);
    const adapted = adapt(model, { shape, width });
    // the same network with normalisation taken out, fed with normalised pictures
    const plain = vit({
      input: { rows: side, columns: side, channels: 3, mean: [0, 0, 0], std: [1, 1, 1] },
      tokeniser: { as: 'patches', size: 4 },
      width: 8,
      depth: 2,
      heads: 2,
      mlpWidth: 12,
      layerNormEps: 1e-6,
      outputs: 7,
    });
    const x = pictures(side);
    const normalised = tf.div(tf.sub(x, tf.tensor1d([...mean])), tf.tensor1d([...std]));
    const originalOutputs = (params: Params): Tensor => {
      const prompt = params['manipulation.0.prompt'] ?? x;
      const input = tf.add(normalised, assembled(shape, width, side, prompt));
      return plain.features(model.weights, plain.blocks.reduce((now, block) => block(model.weights, now), plain.embed(model.weights, input)));
    };
    const y = tf.tensor1d([0, 3, 4], 'int32');
    let params = adapted.initialise(createGenerator('start'));
    params = { ...params, 'alignment.weight': tf.tensor(createGenerator('head').normals(8 * 5), [8, 5]) };
    for (let step = 0; step < 10; step += 1) {
      assert.ok(largest(adapted.outputs(params, x), originalOutputs(params)) <= (step === 0 ? 1e-5 : 1e-4), `outputs at step ${step}`);
      const [ours, theirs] = [(now: Params) => adapted.outputs(now, x), originalOutputs].map((outputs) =>
        valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, outputs(now), null), y), params),
      );
      assert.ok(ours && theirs);
      for (const [name, gradient] of Object.entries(ours.gradients)) {
        assert.ok(largest(gradient, theirs.gradients[name] ?? x) <= 1e-4, `gradient of ${name} at step ${step}`);
      }
      params = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, tf.sub(value, tf.mul(ours.gradients[name] ?? tf.scalar(NaN), 0.3))]),
      );
    }
  });
}

test('the count of trainable numbers is that of the shape, with the head where one is trained', () => {
  const model = frozen(worldVit);
  const { featureWidth, outputs } = model.architecture;
  const head = featureWidth * 5 + 5;
  const side = 32;
  for (const width of [1, 4, 15]) {
    const frame = 3 * (side * side - (side - 2 * width) * (side - 2 * width));
    assert.equal(adapt(model, { width }).trainable, frame + head);
    assert.equal(adapt(model, { width, read: 'identity' }).trainable, frame);
    assert.equal(adapt(model, { width, shape: 'fixed-patch' }).trainable, 3 * width * width + head);
  }
  assert.ok(outputs > 5);
});

test('the prompt starts standard normal on its own pixels and at 0 elsewhere', () => {
  const adapted = adapt(frozen(worldVit), { width: 4 });
  const prompt = adapted.initialise(createGenerator('start'))['manipulation.0.prompt'];
  const values = [...(prompt?.dataSync() ?? [])];
  const drawn = values.filter((value) => value !== 0);
  assert.equal(drawn.length, 3 * (32 * 32 - 24 * 24));
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const variance = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length - mean * mean;
  assert.ok(Math.abs(mean) < 0.1 && Math.abs(variance - 1) < 0.15, `mean ${mean}, variance ${variance}`);
});

test('read off the first classes, it is structural where the model has more of them, identity where it has as many', () => {
  const model = frozen(resnetCifar(8));
  const x = pictures(32);
  const some = adapt(model, { read: 'identity' }, 4);
  assert.deepEqual(some.taxonomy?.alignment, ['structural']);
  const params = some.initialise(createGenerator('start'));
  const outputs = some.outputs(params, x);
  assert.ok(some.alignment.kind === 'structural');
  const answer = some.align(params, outputs, labelMapTensor(some.alignment.rule(createGenerator('any'))));
  assert.equal(largest(answer, tf.slice(outputs, [0, 0], [3, 4])), 0);
  assert.deepEqual(adapt(model, { read: 'identity' }, 10).taxonomy?.alignment, ['identity']);
  assert.deepEqual(adapt(model, {}, 10).taxonomy, {
    configuration: ['learnable'],
    location: ['input'],
    operator: ['additive'],
    alignment: ['linear'],
  });
});

test('options that cannot be are refused in one sentence', () => {
  const model = frozen(resnetCifar(8));
  const wrong: readonly (readonly [Options, RegExp])[] = [
    [{ shape: 'random-patch' }, /^Option "shape" is "random-patch"; choose one of frame, fixed-patch, whole\.$/],
    [{ read: 'counted' }, /^Option "read" is "counted"; choose one of linear, identity\.$/],
    [{ width: 0 }, /^Option "width" is 0; it must be a whole number of at least 1\.$/],
    [{ width: 16 }, /^A frame of 16 pixels doesn't fit a picture of 32 × 32; choose 1 to 15\.$/],
    [{ width: 33, shape: 'fixed-patch' }, /^A fixed patch of 33 pixels doesn't fit a picture of 32 × 32; choose 1 to 32\.$/],
  ];
  for (const [options, message] of wrong) assert.throws(() => adapt(model, options), { name: 'RangeError', message });
  assert.throws(() => adapt(model, { read: 'identity' }, 11), { name: 'RangeError', message: /the model has 10/ });
});

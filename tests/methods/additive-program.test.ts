import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { additiveProgram } from '../../src/methods/additive-program.ts';
import { resnetCifar } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { pixelProgram, reprogram } from '../../src/reprogramming/index.ts';
import type { Adapted, Options } from '../../src/reprogramming/index.ts';
import { digestParams, linear, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

before(() => useBackend('wasm'));

const [samples, frames, values, width, targets] = [48, 6, 8, 5, 3];

/** A small network for waves: a front end that is not linear, one layer, a classifier. */
const waveNet: Architecture = {
  kind: 'convolutional',
  input: { samples, sampleRate: 8000 },
  frontEnd: { shape: [frames, values], compute: (waves) => tf.square(tf.reshape(waves, [-1, frames, values])) },
  outputs: 4,
  featureWidth: width,
  embed: (weights, x) => tf.tanh(linear(tf.reshape(x, [-1, samples]), weights['first'] ?? x)),
  blocks: [],
  features: (_, state) => state,
  classifierWeights: ['last'],
  classify: (weights, features) => linear(features, weights['last'] ?? features),
  initialise: (generator) => ({
    first: tf.tensor(generator.split('first').normals(samples * width), [samples, width]).mul(0.2),
    last: tf.tensor(generator.split('last').normals(width * 4), [width, 4]),
  }),
};

function frozen(architecture: Architecture): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test-net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

const adapt = (model: FrozenModel, options: Options): Adapted => additiveProgram.adapt({ model, targets, options, verbalizer: null });

function largest(a: Tensor, b: Tensor): number {
  assert.deepEqual(a.shape, b.shape);
  return tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? Infinity;
}

test('without its option it is the program over the whole picture that committed records know, bit for bit', () => {
  const model = frozen(resnetCifar(8));
  const { input } = model.architecture;
  assert.ok('rows' in input);
  const before = reprogram(
    model,
    {
      fit: { size: 32 },
      manipulations: [pixelProgram({ input, around: 'nothing', bound: 'none' })],
      alignment: { kind: 'linear', reads: 'features', start: 'probe' },
    },
    targets,
  );
  assert.deepEqual(additiveProgram.options, {});
  const x = tf.tensor(createGenerator('x').uniforms(2 * 32 * 32 * 3), [2, 32, 32, 3]);
  for (const options of [{}, { on: 'input' }]) {
    const now = adapt(model, options);
    assert.deepEqual(now.fit, before.fit);
    assert.equal(now.trainable, before.trainable);
    const params = before.initialise(createGenerator('start'));
    assert.equal(digestParams(now.initialise(createGenerator('start'))), digestParams(params));
    assert.equal(largest(now.outputs(params, x), before.outputs(params, x)), 0);
  }
});

for (const on of ['waveform', 'spectrogram'] as const) {
  test(`on the ${on} of a wave it enters there, and its gradient passes through what follows`, () => {
    const model = frozen(waveNet);
    const adapted = adapt(model, { on });
    const isRaw = on === 'waveform';
    const shape = isRaw ? [samples] : [frames, values];
    assert.equal(adapted.trainable, samples + width * targets + targets);
    assert.deepEqual(adapted.fit, { repeats: 'fill' });
    assert.equal(adapted.prepare === null, isRaw, 'a front end behind nothing learned is computed once');
    const start = adapted.initialise(createGenerator('start'));
    assert.deepEqual(start['manipulation.0.program']?.shape, shape);
    assert.equal(tf.max(tf.abs(start['manipulation.0.program'] ?? tf.scalar(1))).dataSync()[0], 0);
    const params = {
      ...start,
      'manipulation.0.program': tf.tensor(createGenerator('program').normals(samples), shape),
      'alignment.weight': tf.tensor(createGenerator('head').normals(width * targets), [width, targets]),
    };
    const waves = tf.tensor(createGenerator('waves').normals(4 * samples), [4, samples]);
    const prepared = adapted.prepare ? adapted.prepare(waves) : waves;
    const byHand = ({ 'manipulation.0.program': program = tf.scalar(NaN) }: Params): Tensor => {
      const heard = isRaw ? tf.square(tf.add(waves, program)) : tf.add(tf.square(waves), tf.reshape(program, [samples]));
      return tf.tanh(tf.matMul(tf.reshape(heard, [4, samples]), model.weights['first'] ?? waves));
    };
    const y = tf.tensor1d([0, 1, 2, 0], 'int32');
    assert.ok(largest(adapted.outputs(params, prepared), byHand(params)) <= 1e-5);
    const [ours, theirs] = [(now: Params) => adapted.outputs(now, prepared), byHand].map((outputs) =>
      valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, outputs(now), null), y), params),
    );
    assert.ok(ours && theirs);
    for (const [name, gradient] of Object.entries(ours.gradients)) {
      assert.ok((tf.max(tf.abs(gradient)).dataSync()[0] ?? 0) > 0, `no gradient reaches ${name}`);
      assert.ok(largest(gradient, theirs.gradients[name] ?? waves) <= 1e-4, `gradient of ${name}`);
    }
    assert.deepEqual(adapted.taxonomy, { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['linear'] });
    assert.equal(digestParams(model.weights), model.digest);
  });
}

test('on a model of waves, nothing said means the wave', () => {
  const model = frozen(waveNet);
  for (const options of [{}, { on: 'input' }]) {
    assert.deepEqual(adapt(model, options).initialise(createGenerator(1))['manipulation.0.program']?.shape, [samples]);
  }
});

test('a place that a model lacks is refused in one sentence', () => {
  const { frontEnd: _, ...withoutFrontEnd } = waveNet;
  const wrong: readonly (readonly [Architecture, string, RegExp])[] = [
    [resnetCifar(8), 'waveform', /^Option "on" is "waveform", but test-net takes pictures; choose input\.$/],
    [resnetCifar(8), 'spectrogram', /^Option "on" is "spectrogram", but test-net takes pictures; choose input\.$/],
    [withoutFrontEnd, 'spectrogram', /^Option "on" is "spectrogram", but test-net computes none; choose waveform\.$/],
    [waveNet, 'mel', /^Option "on" is "mel"; choose one of input, waveform, spectrogram\.$/],
  ];
  for (const [architecture, on, message] of wrong) assert.throws(() => adapt(frozen(architecture), { on }), { name: 'RangeError', message });
});

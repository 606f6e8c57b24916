import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { voice2series } from '../../src/methods/voice2series.ts';
import { worldVit } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { labelMapTensor } from '../../src/reprogramming/index.ts';
import type { Adapted, LabelMap, Options } from '../../src/reprogramming/index.ts';
import { countNumbers, digestParams, disposeParams, linear, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

const [samples, frames, sources, targets, seriesLength, repeats] = [60, 6, 12, 5, 9, 3];

function part(weights: Params, name: string): Tensor {
  const tensor = weights[name];
  assert.ok(tensor, name);
  return tensor;
}

/** A net for waves: frames of squares as its front end, one hidden layer. */
const listener: Architecture = {
  kind: 'convolutional',
  input: { samples, sampleRate: 60 },
  frontEnd: { shape: [frames, samples / frames], compute: (waves) => tf.square(tf.reshape(waves, [-1, frames, samples / frames])) },
  outputs: sources,
  featureWidth: 8,
  embed: (_, x) => tf.reshape(x, [-1, samples]),
  blocks: [],
  features: (weights, state) => tf.tanh(linear(state, part(weights, 'hidden.weight'), part(weights, 'hidden.bias'))),
  classifierWeights: ['head.weight', 'head.bias'],
  classify: (weights, features) => linear(features, part(weights, 'head.weight'), part(weights, 'head.bias')),
  initialise: (generator) => ({
    'hidden.weight': tf.tensor2d(generator.split('hidden').normals(samples * 8), [samples, 8]),
    'hidden.bias': tf.zeros([8]),
    'head.weight': tf.tensor2d(generator.split('head').normals(8 * sources), [8, sources]),
    'head.bias': tf.zeros([sources]),
  }),
};

before(() => useBackend('wasm'));

function model(architecture: Architecture = listener): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

const adapt = (options: Options, of = model()): Adapted => voice2series.adapt({ model: of, targets, options: { ...voice2series.options, repeats, ...options }, verbalizer: null, seriesLength });

function ruleOf({ alignment }: Adapted, seed: number): LabelMap {
  assert.ok(alignment.kind === 'structural' && alignment.reads === 'probabilities');
  return alignment.rule(createGenerator(seed));
}

/** The source classes of every target. */
const groupsOf = ({ weights }: LabelMap): number[][] =>
  Array.from({ length: targets }, (_, t) => Array.from({ length: sources }, (__, s) => s).filter((s) => weights[s * targets + t] !== 0));

const waves = (batch: number): Tensor => tf.tensor2d(createGenerator('waves').normals(batch * samples), [batch, samples]);
const labels = (): Tensor => tf.tensor1d([0, 4, 2], 'int32');

/** Parameters away from the start, so that nothing is 0 by chance. */
function nudged(adapted: Adapted): Params {
  return Object.fromEntries(
    Object.entries(adapted.initialise(createGenerator(3))).map(([name, tensor]) => [name, tf.add(tensor, tf.mul(tf.tensor(createGenerator(name).normals(tensor.size), tensor.shape), 0.1))]),
  );
}

test('variant paper: frozen, a program beside the series alone, words drawn at random', () => {
  const net = model();
  const adapted = adapt({ variant: 'paper' }, net);
  assert.deepEqual(adapted.taxonomy, { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['structural'] });
  assert.deepEqual(adapted.fit, { repeats });
  assert.equal(adapted.trainable, samples - repeats * seriesLength);
  assert.equal(adapted.prepare, null, 'the program comes before the front end');

  const params = nudged(adapted);
  const x = waves(3);
  const map = labelMapTensor(ruleOf(adapted, 1));
  const { gradients } = valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, adapted.outputs(now, x), map), labels()), params);
  const gradient = gradients['manipulation.0.program']?.dataSync() ?? new Float32Array();
  assert.deepEqual(Object.keys(gradients), ['manipulation.0.program']);
  assert.equal(gradient.length, samples);
  assert.ok(gradient.subarray(0, repeats * seriesLength).every((value) => value === 0), 'the place of the series is touched');
  assert.equal(gradient.filter((value) => value !== 0).length, adapted.trainable, 'all that counts gets a gradient');
  assert.equal(digestParams(net.weights), net.digest);

  const maps = [1, 2].map((seed) => groupsOf(ruleOf(adapted, seed)));
  for (const groups of maps) {
    assert.ok(groups.every((group) => group.length === Math.floor(sources / targets)));
    assert.equal(new Set(groups.flat()).size, groups.flat().length, 'no word stands for two classes');
  }
  assert.notDeepEqual(maps[0], maps[1]);
  disposeParams(params);
});

test('variant code: a program over the whole wave, words in order, the weights trained too and so no class', () => {
  const net = model();
  const adapted = adapt({ variant: 'code' }, net);
  assert.equal(adapted.taxonomy, null);
  assert.equal(adapted.outputsAreFixed, false);
  assert.equal(adapted.trainable, samples + countNumbers(net.weights));
  assert.deepEqual(groupsOf(ruleOf(adapted, 1)), [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]);

  const params = nudged(adapted);
  const map = labelMapTensor(ruleOf(adapted, 1));
  const { gradients } = valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, adapted.outputs(now, waves(3)), map), labels()), params);
  assert.deepEqual(Object.keys(gradients).sort(), ['manipulation.0.program', ...Object.keys(net.weights).map((name) => `model.${name}`)].sort());
  for (const [name, gradient] of Object.entries(gradients)) assert.ok((tf.max(tf.abs(gradient)).dataSync()[0] ?? 0) > 0, `no gradient reaches ${name}`);
  assert.equal(digestParams(net.weights), net.digest, 'the frozen weights changed');
  disposeParams(params);
  assert.equal(digestParams(net.weights), net.digest, 'the copies are no copies');
});

test('both variants start as the same network under their programs, and a class has the mean probability of its words', () => {
  const net = model();
  const x = waves(4);
  for (const variant of ['paper', 'code']) {
    const adapted = adapt({ variant }, net);
    const params = adapted.initialise(createGenerator(1));
    const program = params['manipulation.0.program'];
    assert.ok(program);
    const bound = Math.sqrt(6 / (samples + 1));
    assert.ok(program.dataSync().every((value) => Math.abs(value) <= bound));
    const spared = variant === 'paper' ? repeats * seriesLength : 0;
    const covered = tf.tensor1d(Float32Array.from({ length: samples }, (_, at) => (at < spared ? 0 : 1)));
    const wave = tf.add(x, tf.mul(program, covered));
    const { frontEnd } = listener;
    assert.ok(frontEnd);
    const logits = listener.classify(net.weights, listener.features(net.weights, listener.embed(net.weights, frontEnd.compute(wave))));
    const outputs = adapted.outputs(params, x);
    assert.ok((tf.max(tf.abs(tf.sub(outputs, logits))).dataSync()[0] ?? 1) <= 1e-5);

    const map = ruleOf(adapted, 5);
    const probabilities = tf.softmax(logits).arraySync() as number[][];
    const answers = adapted.align(params, outputs, labelMapTensor(map)).arraySync() as number[][];
    probabilities.forEach((row, i) => {
      groupsOf(map).forEach((group, t) => {
        const mean = group.reduce((sum, s) => sum + (row[s] ?? NaN), 0) / group.length;
        assert.ok(Math.abs(Math.exp(answers[i]?.[t] ?? NaN) - mean) <= 1e-5);
      });
    });
    disposeParams(params);
  }
});

test('what it cannot be applied to, it refuses in a sentence', () => {
  assert.throws(() => adapt({ variant: 'both' }), /Option "variant" is "both"; choose one of paper, code\./);
  assert.throws(() => adapt({ repeats: 0 }), /Option "repeats" is 0/);
  assert.throws(() => adapt({ repeats: 7 }), /has room for 6 copies of a series of 9/);
  assert.throws(() => voice2series.adapt({ model: model(), targets: 13, options: voice2series.options, verbalizer: null, seriesLength: 5 }), /the task has 13 classes and the model knows 12/);
  assert.throws(() => adapt({}, model(worldVit)), /Voice2Series changes waves/);
  assert.throws(() => voice2series.adapt({ model: model(), targets, options: voice2series.options, verbalizer: null }), /choose a task of time series/);
});

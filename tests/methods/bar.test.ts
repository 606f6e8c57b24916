import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { learnCost } from '../../src/bench/index.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import { bar } from '../../src/methods/bar.ts';
import { flmVp } from '../../src/methods/flm-vp.ts';
import { resnetCifar } from '../../src/models/index.ts';
import type { Architecture, FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { assignmentMap, labelMapTensor } from '../../src/reprogramming/index.ts';
import type { Adapted, Options } from '../../src/reprogramming/index.ts';
import { parseRecordLine, recordLine } from '../../src/results/index.ts';
import type { DoneRecord } from '../../src/results/index.ts';
import { digestParams, disposeParams, tf } from '../../src/tensor/index.ts';
import { cellContext, doneRecord } from '../bench/cell-context.ts';

let context: CellContext;

before(async () => {
  context = await cellContext();
});

function frozen(architecture: Architecture): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

/** Sums of stretches of a wave as features: the smallest network that takes waves. */
const ear: Architecture = {
  kind: 'convolutional',
  input: { samples: 40, sampleRate: 100 },
  outputs: 4,
  featureWidth: 4,
  embed: (_, x) => tf.sum(tf.reshape(x, [-1, 4, 10]), 2),
  blocks: [],
  features: (_, state) => state,
  classifierWeights: ['head'],
  classify: ({ head }, features) => tf.matMul(features, head ?? features),
  initialise: (generator) => ({ head: tf.tensor2d(generator.normals(16), [4, 4]) }),
};

const adapt = (model: FrozenModel, targets: number, options: Options = {}): Adapted =>
  bar.adapt({ model, targets, options: { ...bar.options, ...options }, verbalizer: null });

test('a picture\'s frame and all samples of a wave are programs of one class', () => {
  const expected = { configuration: ['learnable'], location: ['input'], operator: ['additive'], alignment: ['statistical'] };
  const net = frozen(resnetCifar(8));
  assert.deepEqual(adapt(net, 2).taxonomy, expected);
  assert.equal(adapt(net, 2).trainable, 3 * (32 * 32 - 24 * 24));
  assert.equal(adapt(net, 2, { program: 'additive' }).trainable, 3 * 32 * 32);
  const model = frozen(ear);
  for (const [program, fit] of [['padding', { repeats: 1 }], ['additive', { repeats: 'fill' }]] as const) {
    const heard = adapt(model, 2, { program });
    assert.deepEqual(heard.taxonomy, expected);
    assert.equal(heard.trainable, 40);
    assert.deepEqual(heard.fit, fit);
  }
  assert.equal(adapt(model, 2, { program: 'none' }).trainable, 0);
  [net, model].forEach(({ weights }) => disposeParams(weights));
});

test('an untrained program on a wave changes nothing, and a target\'s score is the logarithm of its classes\' mean probability', () => {
  const model = frozen(ear);
  const adapted = adapt(model, 2);
  const params = adapted.initialise(createGenerator(1));
  const x = tf.tensor2d(createGenerator('x').normals(120), [3, 40]);
  const outputs = adapted.outputs(params, x);
  assert.deepEqual([...outputs.dataSync()], [...ear.classify(model.weights, ear.embed(model.weights, x)).dataSync()]);
  const map = labelMapTensor(assignmentMap({ perTarget: 2, assigned: Int32Array.from([0, 3, 1, 2]) }, 4));
  const scores = adapted.align(params, outputs, map).arraySync();
  const probabilities = tf.softmax(outputs).arraySync();
  assert.ok(Array.isArray(scores) && Array.isArray(probabilities) && probabilities.length === 3);
  probabilities.forEach((row, i) => {
    assert.ok(Array.isArray(row));
    const [a, b, c, d] = row.map(Number);
    const own = scores[i];
    assert.ok(Array.isArray(own));
    [(Number(a) + Number(d)) / 2, (Number(b) + Number(c)) / 2].forEach((mean, t) =>
      assert.ok(Math.abs(Math.exp(Number(own[t])) - mean) < 1e-6),
    );
  });
  disposeParams(model.weights);
});

test('a target gets as many source classes as asked for, and no more than there are', () => {
  const model = frozen(ear);
  const eachOf = (targets: number, perTarget: number): unknown => {
    const { alignment } = adapt(model, targets, { perTarget });
    return alignment.kind === 'statistical' ? alignment.describe['perTarget'] : undefined;
  };
  assert.deepEqual([eachOf(2, 6), eachOf(2, 1), eachOf(4, 6), eachOf(1, 3)], [2, 1, 1, 3]);
  disposeParams(model.weights);
});

test('bad options are one clear sentence', () => {
  const model = frozen(ear);
  for (const [options, message] of [
    [{ gradient: 'guess' }, /^RangeError: Option "gradient" is "guess"; choose one of queries, white-box\.$/],
    [{ directions: 0 }, /^RangeError: Option "directions" is 0; it must be a whole number of at least 1\.$/],
    [{ smoothing: 0 }, /^RangeError: Option "smoothing" is 0; it must be a number above 0\.$/],
    [{ perTarget: 1.5 }, /^RangeError: Option "perTarget" is 1\.5; it must be a whole number/],
    [{ program: 'frame' }, /^RangeError: Option "program" is "frame"; choose one of none, padding, additive\.$/],
  ] as const) {
    assert.throws(() => adapt(model, 2, options), message);
  }
  disposeParams(model.weights);
});

const request: CellRequest = {
  methodId: 'bar',
  options: { directions: 2 },
  modelId: 'world-vit',
  taskId: 'world-outlines',
  split: { train: 30, test: 30 },
  epochs: 2,
  batch: 20,
  learningRate: 0.01,
  seed: 1,
};

const done = (request: CellRequest): Promise<DoneRecord> => doneRecord(request, context);

test('a run by queries counts them, says how it asked, repeats bit for bit, and parts from the white box', async () => {
  const record = await done(request);
  assert.equal(record.cost.queries, 30 + 2 * 30 * 3, 'the map once, then three losses for each example and epoch');
  assert.deepEqual(record.spec.recipe?.settings, { gradient: 'queries', directions: 2, smoothing: 0.1 });
  assert.equal(record.spec.labelMap?.['reads'], 'probabilities');
  assert.deepEqual(parseRecordLine(recordLine(record), 'here', 1), record);
  assert.equal((await done(request)).result.trainedDigest, record.result.trainedDigest);
  const white = await done({ ...request, options: { ...request.options, gradient: 'white-box' } });
  assert.equal(white.cost.queries, 30 + 2 * 30);
  assert.equal(white.spec.recipe?.settings, undefined);
  assert.notEqual(white.result.trainedDigest, record.result.trainedDigest);
});

test('every method counts: features that are kept are asked for once', async () => {
  const probe = await done({ ...request, methodId: 'linear-probe', options: {} });
  assert.equal(probe.cost.queries, 30);
  const flm = await done({ ...request, methodId: flmVp.id, options: { program: 'padding' } });
  assert.equal(flm.cost.queries, 30 + 2 * 30);
});

test('the expected cost of a step grows with its losses', () => {
  const cost = learnCost([]);
  const seconds = (options: Options): number =>
    cost({ request: { ...request, epochs: 200, options: { ...bar.options, ...options } }, forwardMegaflops: 1e5, cached: false }).seconds;
  const [white, two, twenty] = [seconds({ gradient: 'white-box' }), seconds({ directions: 1 }), seconds({ directions: 19 })];
  assert.equal(two, white);
  assert.ok(twenty > 9 * two && twenty < 10 * two, `${twenty} and ${two}`);
});

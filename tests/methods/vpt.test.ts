import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { promptBound } from '../../src/methods/prompt-bound.ts';
import { vptDeep } from '../../src/methods/vpt-deep.ts';
import { vptShallow } from '../../src/methods/vpt-shallow.ts';
import { resnetCifar, worldVit } from '../../src/models/index.ts';
import { kwt1 } from '../../src/models/kwt.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { digestParams, tf, useBackend } from '../../src/tensor/index.ts';
import { compareRoads } from './compare-roads.ts';
import { frozen, plainTransformer, smallNets } from './plain-transformer.ts';

const [targets, tokens] = [4, 3];

before(() => useBackend('wasm'));

const at = (params: Params, name: string): Tensor => {
  const tensor = params[name];
  assert.ok(tensor, name);
  return tensor;
};

for (const net of smallNets) {
  test(`VPT-shallow and VPT-deep in ${net.name} are the plain roads of the paper: outputs, gradients, ten steps`, () => {
    const model = frozen(net);
    const setting = { model, targets, options: { tokens }, verbalizer: null };
    const x = net.examples(5);
    compareRoads(
      vptDeep.adapt(setting),
      (params, input) => plainTransformer(net, model.weights, input, { tokens: (block) => at(params, `manipulation.${block}.prompt`) }).features,
      x,
    );
    const shallow = vptShallow.adapt(setting);
    compareRoads(
      shallow,
      (params, input) => {
        const prompt = at(params, 'manipulation.0.prompt');
        const embed: typeof net.architecture.embed = (weights, raw) => {
          const state = net.architecture.embed(weights, raw);
          const [batch = 0, length = 0] = state.shape;
          const rows = tf.tile(tf.expandDims(prompt, 0), [batch, 1, 1]);
          return tf.concat([tf.slice(state, [0, 0, 0], [batch, 1, -1]), rows, tf.slice(state, [0, 1, 0], [batch, length - 1, -1])], 1);
        };
        return plainTransformer({ ...net, architecture: { ...net.architecture, embed } }, model.weights, input).features;
      },
      x,
    );
    assert.equal(shallow.trainable, tokens * net.architecture.featureWidth + (net.architecture.featureWidth + 1) * targets);
    assert.equal(digestParams(model.weights), model.digest);
  });
}

test('the bound counts the numbers that make a token: 48 in the home-made transformer, 40 in KWT-1', () => {
  assert.equal(worldVit.tokenInputs, 48);
  assert.equal(kwt1.tokenInputs, 40);
  assert.equal(promptBound(48, 64), Math.sqrt(6 / (3 * 4 * 4 + 64)));
  for (const [architecture, bound] of [[worldVit, Math.sqrt(6 / 112)], [kwt1, Math.sqrt(6 / 104)]] as const) {
    const weights = architecture.initialise(createGenerator('weights'));
    const model = { id: 'net', architecture, weights, digest: '', classes: [], homeMade: true };
    for (const method of [vptShallow, vptDeep]) {
      const adapted = method.adapt({ model, targets, options: { tokens: 8 }, verbalizer: null });
      const values = at(adapted.initialise(createGenerator(1)), 'manipulation.0.prompt').dataSync();
      const expected = createGenerator(1).split('manipulation.0.prompt').uniforms(8 * 64, -bound, bound);
      assert.deepEqual([...values], [...expected], `${method.id} in a net of ${architecture.tokenInputs} numbers a token`);
      const prompts = method === vptDeep ? architecture.blocks.length * 8 * 64 : 8 * 64;
      assert.equal(adapted.trainable, prompts + 64 * targets + targets);
    }
    tf.dispose(Object.values(weights));
  }
});

test('a network without tokens and a count of prompts that is none are refused in one sentence', () => {
  const architecture = resnetCifar(8);
  const convolutional = { id: 'a resnet', architecture, weights: {}, digest: '', classes: [], homeMade: true };
  const [net] = smallNets;
  assert.ok(net);
  for (const method of [vptShallow, vptDeep]) {
    assert.throws(
      () => method.adapt({ model: convolutional, targets, options: { tokens: 2 }, verbalizer: null }),
      new RangeError(`${method.name} needs a transformer; a resnet is a convolutional net without tokens.`),
    );
    for (const count of [0, -1, 2.5]) {
      assert.throws(
        () => method.adapt({ model: frozen(net), targets, options: { tokens: count }, verbalizer: null }),
        new RangeError(`Option "tokens" is ${count}; it must be a whole number of at least 1.`),
      );
    }
  }
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { linearProbe } from '../../src/adaptation/linear-probe.ts';
import { vqt } from '../../src/methods/vqt.ts';
import { resnetCifar } from '../../src/models/index.ts';
import { tf, useBackend } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { compareRoads, difference, lively } from './compare-roads.ts';
import { frozen, plainTransformer, smallNets } from './plain-transformer.ts';

const targets = 4;

before(() => useBackend('wasm'));

const unit = (part: Tensor): Tensor => tf.div(part, tf.maximum(tf.sqrt(tf.sum(tf.square(part), 1, true)), 1e-12));

for (const net of smallNets) {
  for (const queries of [1, 3]) {
    test(`VQT with ${queries} in ${net.name} is the code's plain road, queries in the sequence: outputs, gradients, ten steps`, () => {
      const model = frozen(net);
      const adapted = vqt.adapt({ model, targets, options: { queries }, verbalizer: null });
      const plain = (params: Params, x: Tensor): Tensor => {
        const { features, sides } = plainTransformer(net, model.weights, x, {
          queries: (block) => params[`manipulation.${block}.query`] ?? tf.scalar(NaN),
        });
        const [batch = 0] = x.shape;
        return tf.concat([features, ...sides.map((side) => tf.reshape(side, [batch, -1]))].map(unit), 1);
      };
      compareRoads(adapted, plain, net.examples(5));
      const [depth, width] = [net.architecture.blocks.length, net.architecture.featureWidth];
      assert.equal(adapted.outputWidth, width * (1 + depth * queries));
      assert.equal(adapted.trainable, depth * queries * width + targets * (width * (1 + depth * queries) + 1));
    });
  }
}

test('whatever the queries are, the features of the frozen network stay bit for bit', () => {
  for (const net of smallNets) {
    const model = frozen(net);
    const width = net.architecture.featureWidth;
    const x = net.examples(3);
    const alone = linearProbe.adapt({ model, targets, options: {}, verbalizer: null }).outputs({}, x);
    const adapted = vqt.adapt({ model, targets, options: { queries: 2 }, verbalizer: null });
    const first = tf.slice(adapted.outputs(lively(adapted), x), [0, 0], [3, width]);
    assert.ok(difference(first, unit(alone)) < 1e-6);
    const other = lively(adapted);
    const changed = Object.fromEntries(Object.entries(other).map(([name, tensor]) => [name, tf.mul(tensor, 3)]));
    assert.equal(difference(tf.slice(adapted.outputs(changed, x), [0, 0], [3, width]), first), 0);
    assert.ok(difference(adapted.outputs(changed, x), adapted.outputs(other, x)) > 1e-3, 'the side outputs do change');
  }
});

test('every part that the head reads has unit length', () => {
  const [net] = smallNets;
  assert.ok(net);
  const adapted = vqt.adapt({ model: frozen(net), targets, options: { queries: 2 }, verbalizer: null });
  const [width, depth] = [net.architecture.featureWidth, net.architecture.blocks.length];
  const outputs = adapted.outputs(lively(adapted), net.examples(3));
  const parts = tf.split(outputs, [width, ...Array.from({ length: depth }, () => 2 * width)], 1);
  assert.equal(parts.length, 1 + depth);
  for (const part of parts) {
    for (const length of tf.sqrt(tf.sum(tf.square(part), 1)).dataSync()) assert.ok(Math.abs(length - 1) < 1e-5);
  }
});

test('VQT is hidden, concatenative and linear, and refuses what it cannot do in one sentence', () => {
  const [net] = smallNets;
  assert.ok(net);
  const setting = { model: frozen(net), targets, verbalizer: null };
  assert.deepEqual(vqt.adapt({ ...setting, options: { queries: 1 } }).taxonomy, {
    configuration: ['learnable'],
    location: ['hidden'],
    operator: ['concatenative'],
    alignment: ['linear'],
  });
  assert.throws(() => vqt.adapt({ ...setting, options: { queries: 0 } }), /Option "queries" is 0; it must be a whole number of at least 1/);
  const convolutional = { ...setting.model, id: 'a resnet', architecture: resnetCifar(8) };
  assert.throws(() => vqt.adapt({ ...setting, model: convolutional, options: { queries: 1 } }), /VQT needs a transformer; a resnet is a convolutional net/);
  const many = vqt.adapt({ ...setting, options: { queries: 50 } });
  assert.throws(() => many.outputs(lively(many), net.examples(1)), /50 queries .* 10 tokens/);
});

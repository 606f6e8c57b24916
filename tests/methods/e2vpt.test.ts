import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { e2vpt } from '../../src/methods/e2vpt.ts';
import { largest, mostImportant } from '../../src/methods/prompt-importance.ts';
import { resnetCifar } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { compareRoads, difference, lively } from './compare-roads.ts';
import { frozen, plainTransformer, smallNets } from './plain-transformer.ts';
import type { SmallNet } from './plain-transformer.ts';

const targets = 4;
const options = { tokens: 5, keyValues: 2, pruned: 0.4, segments: 4, prunedSegments: 0.5, firstCourse: 0.5 };

before(() => useBackend('wasm'));

const at = (params: Params, name: string): Tensor => {
  const tensor = params[name];
  assert.ok(tensor, `${name} of ${Object.keys(params).join()}`);
  return tensor;
};

function adaptedIn(net: SmallNet, more: Partial<typeof options> = {}): { adapted: Adapted; weights: Params; depth: number; width: number } {
  const model = frozen(net);
  const adapted = e2vpt.adapt({ model, targets, options: { ...options, ...more }, verbalizer: null });
  return { adapted, weights: model.weights, depth: net.architecture.blocks.length, width: net.architecture.featureWidth };
}

function rewindOf({ rewind }: Adapted): NonNullable<Adapted['rewind']> {
  assert.ok(rewind);
  return rewind;
}

/** An importance in which these prompts stand out, and in each of them its last segments. */
function favouring(prompts: readonly number[], count: number, segments: number): Float32Array {
  const importance = new Float32Array(count * (1 + segments));
  for (const prompt of prompts) importance[prompt] = 1;
  for (let at = count; at < importance.length; at += 1) importance[at] = (at - count) % segments;
  return importance;
}

for (const net of smallNets) {
  test(`E²VPT in ${net.name} is the code's plain road, before pruning and after: outputs, gradients, ten steps`, () => {
    const { adapted, weights, depth, width } = adaptedIn(net);
    const x = net.examples(5);
    const keyValues = (params: Params) => (block: number) => at(params, `manipulation.${depth + block}.keyValue`);
    compareRoads(
      adapted,
      (params, input) =>
        plainTransformer(net, weights, input, {
          tokens: (block) => at(params, `manipulation.${block}.prompt`),
          keyValues: keyValues(params),
        }).features,
      x,
    );
    assert.equal(adapted.trainable, depth * (5 + 2) * width + (width + 1) * targets);

    const pruned = rewindOf(adapted).next(favouring([1, 4, 3], 5, 4));
    compareRoads(
      pruned,
      (params, input) =>
        plainTransformer(net, weights, input, {
          tokens: (block) => tf.concat([tf.zeros([3, width / 2]), at(params, `manipulation.${block}.prompt`)], 1),
          keyValues: keyValues(params),
        }).features,
      x,
    );
    assert.equal(pruned.trainable, depth * (3 * (width / 2) + 2 * width) + (width + 1) * targets);
  });

  test(`importance in ${net.name} is the size of the gradient of a mask that stands before the prompts`, () => {
    const { adapted, weights, depth, width } = adaptedIn(net);
    const x = net.examples(4);
    const y = tf.tensor1d([0, 1, 2, 3], 'int32');
    const params = lively(adapted);
    const { gradients } = valueAndGradients((now) => softmaxCrossEntropy(adapted.align(now, adapted.outputs(now, x), null), y), params);
    const found = rewindOf(adapted).importance(params, gradients);
    assert.equal(found.length, 5 + 5 * 4);
    const masks: Params = { prompts: tf.ones([5, 1]), segments: tf.ones([5, 4]) };
    const masked = valueAndGradients((ρ) => {
      const { features } = plainTransformer(net, weights, x, {
        tokens: (block) => {
          const cut = tf.reshape(at(params, `manipulation.${block}.prompt`), [5, 4, width / 4]);
          const whole = tf.reshape(tf.mul(cut, tf.expandDims(at(ρ, 'segments'), 2)), [5, width]);
          return tf.mul(whole, at(ρ, 'prompts'));
        },
        keyValues: (block) => at(params, `manipulation.${depth + block}.keyValue`),
      });
      return softmaxCrossEntropy(adapted.align(params, features, null), y);
    }, masks);
    const expected = [...at(masked.gradients, 'prompts').dataSync(), ...at(masked.gradients, 'segments').dataSync()].map(Math.abs);
    assert.ok(Math.max(...expected) > 1e-3);
    assert.ok(difference(tf.tensor1d(found), tf.tensor1d(expected)) < 1e-4);
  });
}

test('what is kept is rewound: it starts with the very values that it had before pruning', () => {
  for (const net of smallNets) {
    const { adapted, depth, width } = adaptedIn(net);
    const [whole, rest] = [adapted, rewindOf(adapted).next(favouring([0, 2, 4], 5, 4))].map((one) => one.initialise(createGenerator(7)));
    assert.ok(whole && rest);
    assert.deepEqual(Object.keys(rest).sort(), Object.keys(whole).sort());
    for (let block = 0; block < depth; block += 1) {
      const rows: Tensor = tf.gather(at(whole, `manipulation.${block}.prompt`), tf.tensor1d([0, 2, 4], 'int32'));
      const kept: Tensor = tf.slice(rows, [0, width / 2], [3, width / 2]);
      assert.equal(difference(at(rest, `manipulation.${block}.prompt`), kept), 0);
      assert.equal(difference(at(rest, `manipulation.${depth + block}.keyValue`), at(whole, `manipulation.${depth + block}.keyValue`)), 0);
    }
  }
});

test('the largest are kept, of equal ones the first, and each prompt keeps its own segments', () => {
  assert.deepEqual(largest(Float32Array.of(1, 3, 3, 2, 3), 2), [1, 2]);
  assert.deepEqual(largest(Float32Array.of(0, 0, 0), 2), [0, 1]);
  const importance = Float32Array.of(1, 5, 4, /* segments */ 9, 1, 2, 0, 1, 7, 3, 3, 1);
  assert.deepEqual(mostImportant({ count: 3, width: 6, segments: 3, names: [] }, importance, { prompts: 2, segments: 2 }), [
    { prompt: 1, segments: [1, 2] },
    { prompt: 2, segments: [0, 1] },
  ]);
});

test('with nothing to prune the second course is the first again; however much is pruned, one prompt and one segment stay', () => {
  const [net] = smallNets;
  assert.ok(net);
  const { adapted } = adaptedIn(net, { pruned: 0, prunedSegments: 0 });
  const again = rewindOf(adapted).next(new Float32Array(25));
  const params = lively(adapted);
  assert.equal(again.trainable, adapted.trainable);
  assert.equal(difference(again.outputs(params, net.examples(3)), adapted.outputs(params, net.examples(3))), 0);
  const { adapted: strict, depth, width } = adaptedIn(net, { pruned: 0.99, prunedSegments: 0.99 });
  assert.equal(rewindOf(strict).next(new Float32Array(25)).trainable, depth * (width / 4 + 2 * width) + (width + 1) * targets);
});

test('E²VPT is hidden, concatenative and linear, and refuses what it cannot do in one sentence', () => {
  const [net] = smallNets;
  assert.ok(net);
  assert.deepEqual(adaptedIn(net).adapted.taxonomy, {
    configuration: ['learnable'],
    location: ['hidden'],
    operator: ['concatenative'],
    alignment: ['linear'],
  });
  assert.throws(() => adaptedIn(net, { tokens: 0 }), /Option "tokens" is 0; it must be a whole number of at least 1/);
  assert.throws(() => adaptedIn(net, { keyValues: 1.5 }), /Option "keyValues" is 1.5/);
  assert.throws(() => adaptedIn(net, { pruned: 1 }), /Option "pruned" is 1; it must be a share, from 0 on and below 1/);
  assert.throws(() => adaptedIn(net, { prunedSegments: -0.1 }), /Option "prunedSegments" is -0.1; it must be a share/);
  assert.throws(() => adaptedIn(net, { segments: 5 }), /Option "segments" is 5; prompts of width 16 can't be cut into so many equal ones/);
  const convolutional = { id: 'a resnet', architecture: resnetCifar(8), weights: {}, digest: '', classes: [], homeMade: true };
  assert.throws(() => e2vpt.adapt({ model: convolutional, targets, options, verbalizer: null }), /E2VPT needs a transformer; a resnet is a convolutional net/);
});

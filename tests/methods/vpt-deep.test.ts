import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { vptDeep } from '../../src/methods/vpt-deep.ts';
import { vit } from '../../src/models/index.ts';
import type { FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { promptTokens, replacedTokens, reprogram } from '../../src/reprogramming/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { digestParams, disposeParams, softmaxCrossEntropy, tf, useBackend, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

const [targets, tokens, width] = [5, 3, 16];
const architecture = vit({
  input: { rows: 16, columns: 16, channels: 3, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  tokeniser: { as: 'patches', size: 4 },
  width,
  depth: 3,
  heads: 4,
  mlpWidth: 24,
  layerNormEps: 1e-6,
  outputs: 7,
});

before(() => useBackend('wasm'));

function model(): FrozenModel {
  const weights = architecture.initialise(createGenerator('weights'));
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

/** The road of the original code: tokens after the class token, overwritten before each further block. */
function plainVptDeep(of: FrozenModel): Adapted {
  const prompts = { count: tokens, width, bound: 0.5 };
  return reprogram(
    of,
    {
      fit: { size: 16 },
      manipulations: architecture.blocks.map((_, block) => (block === 0 ? promptTokens(prompts) : replacedTokens({ block, ...prompts }))),
      alignment: { kind: 'linear', reads: 'features', start: 'zero' },
    },
    targets,
  );
}

const largest = (a: Tensor, b: Tensor): number => {
  const scale = Math.max(1e-3, tf.max(tf.abs(b)).dataSync()[0] ?? 0);
  return (tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? Infinity) / scale;
};

test('prompts as keys and values equal prompts written over the tokens: outputs, gradients, ten steps', () => {
  const net = model();
  const fast = vptDeep.adapt({ model: net, targets, options: { tokens }, verbalizer: null });
  const plain = plainVptDeep(net);
  const x = tf.tensor(createGenerator('x').uniforms(4 * 16 * 16 * 3), [4, 16, 16, 3]);
  const y = tf.tensor1d([0, 1, 2, 4], 'int32');
  const start: Params = Object.fromEntries(
    Object.entries(fast.initialise(createGenerator('start'))).map(([name, { shape, size }]) => [name, tf.tensor(createGenerator(name).normals(size), shape).mul(0.3)]),
  );
  assert.deepEqual(Object.keys(plain.initialise(createGenerator('start'))).sort(), Object.keys(start).sort());
  assert.equal(fast.trainable, plain.trainable);

  const loss = (adapted: Adapted) => (params: Params) => softmaxCrossEntropy(adapted.align(params, adapted.outputs(params, x), null), y);
  let [a, b] = [start, start];
  for (let step = 0; step < 10; step += 1) {
    assert.ok(largest(fast.outputs(a, x), plain.outputs(b, x)) <= (step === 0 ? 1e-5 : 1e-4), `outputs at step ${step}`);
    const [first, second] = [valueAndGradients(loss(fast), a), valueAndGradients(loss(plain), b)];
    for (const [name, gradient] of Object.entries(first.gradients)) {
      const other = second.gradients[name];
      assert.ok(other && largest(gradient, other) <= 1e-4, `${name} at step ${step}`);
    }
    const descend = (params: Params, gradients: Params): Params =>
      Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tf.sub(value, tf.mul(gradients[name] ?? tf.scalar(NaN), 0.3))]));
    [a, b] = [descend(a, first.gradients), descend(b, second.gradients)];
  }
  assert.ok(largest(a['manipulation.1.prompt'] ?? x, start['manipulation.1.prompt'] ?? x) > 1e-3, 'ten steps change the prompts');
  assert.equal(digestParams(net.weights), net.digest);
  disposeParams(net.weights);
});

test('VPT-deep is hidden and concatenative, and says so where there are no tokens', () => {
  const { taxonomy } = vptDeep.adapt({ model: model(), targets, options: { tokens }, verbalizer: null });
  assert.deepEqual(taxonomy, { configuration: ['learnable'], location: ['hidden'], operator: ['concatenative'], alignment: ['linear'] });
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { vptDeep } from '../../src/methods/vpt-deep.ts';
import { vit } from '../../src/models/index.ts';
import type { FrozenModel } from '../../src/models/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { promptTokens, replacedTokens, reprogram } from '../../src/reprogramming/index.ts';
import type { Adapted } from '../../src/reprogramming/index.ts';
import { digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import { largest } from '../models/drawn-tensors.ts';
import { compareCompositions } from './compare-roads.ts';

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

test('prompts as keys and values equal prompts written over the tokens: outputs, gradients, ten steps', () => {
  const net = model();
  const fast = vptDeep.adapt({ model: net, targets, options: { tokens }, verbalizer: null });
  const plain = plainVptDeep(net);
  const x = tf.tensor(createGenerator('x').uniforms(4 * 16 * 16 * 3), [4, 16, 16, 3]);
  const { start, trained } = compareCompositions(fast, plain, x);
  assert.equal(fast.trainable, plain.trainable);
  assert.ok(largest(trained['manipulation.1.prompt'] ?? x, start['manipulation.1.prompt'] ?? x) > 1e-3, 'ten steps change the prompts');
  assert.equal(digestParams(net.weights), net.digest);
  disposeParams(net.weights);
});

test('VPT-deep is hidden and concatenative, and says so where there are no tokens', () => {
  const { taxonomy } = vptDeep.adapt({ model: model(), targets, options: { tokens }, verbalizer: null });
  assert.deepEqual(taxonomy, { configuration: ['learnable'], location: ['hidden'], operator: ['concatenative'], alignment: ['linear'] });
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { kwt, kwt1, randomlyInitialised } from '../../src/models/index.ts';
import type { Architecture, FrontEnd, FrozenModel, LastBlock } from '../../src/models/index.ts';
import { kwtFrontEnd } from '../../src/models/kwt-front-end.ts';
import { createGenerator } from '../../src/random/index.ts';
import { attendedPrompts, promptTokens, replacedTokens, reprogram } from '../../src/reprogramming/index.ts';
import type { Adapted, Manipulation } from '../../src/reprogramming/index.ts';
import { countNumbers, digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { compareCompositions } from '../methods/compare-roads.ts';
import { drawn, largest } from './drawn-tensors.ts';

before(() => useBackend('wasm'));

/** A small net of the same build: frames are 8 samples each, side by side. */
function smallKwt({ samples, lastBlock }: { samples: number; lastBlock: LastBlock }): Architecture {
  const frontEnd: FrontEnd = {
    shape: [samples / 8, 8],
    compute: (waves) => tf.reshape(waves, [waves.shape[0] ?? 0, samples / 8, 8]),
  };
  return kwt({
    input: { samples, sampleRate: 8000 },
    frontEnd,
    width: 16,
    depth: 3,
    heads: 2,
    mlpWidth: 24,
    layerNormEps: 1e-6,
    outputs: 7,
    lastBlock,
  });
}

/** Weights of which none is 0 or 1, so that each of them counts. */
function frozen(architecture: Architecture): FrozenModel {
  const weights = Object.fromEntries(
    Object.entries(architecture.initialise(createGenerator('weights'))).map(([name, tensor]) => [
      name,
      tf.add(tensor, drawn(`more ${name}`, tensor.shape, 0.1)),
    ]),
  );
  return { id: 'test net', architecture, weights, digest: digestParams(weights), classes: [], homeMade: true };
}

const targets = 5;
const prompts = { count: 3, width: 16, bound: 0.5 };
function adapt(model: FrozenModel, manipulations: readonly Manipulation[]): Adapted {
  return reprogram(
    model,
    { fit: { repeats: 1 }, manipulations, alignment: { kind: 'linear', reads: 'features', start: 'zero' } },
    targets,
  );
}

for (const samples of [64, 96]) {
  test(`attended prompts of post-norm blocks and a last block for the class token equal the plain road, ${samples} samples`, () => {
    const [quick, slow] = (['class-token', 'all-tokens'] as const).map((lastBlock) => frozen(smallKwt({ samples, lastBlock })));
    assert.ok(quick && slow);
    const fast = adapt(quick, quick.architecture.blocks.map((_, block) => attendedPrompts({ block, ...prompts })));
    const plain = adapt(
      slow,
      slow.architecture.blocks.map((_, block) => (block === 0 ? promptTokens(prompts) : replacedTokens({ block, ...prompts }))),
    );
    const x = quick.architecture.frontEnd?.compute(drawn('x', [4, samples]));
    assert.ok(x);
    const { start, trained } = compareCompositions(fast, plain, x);
    for (const block of [0, 1, 2]) {
      const name = `manipulation.${block}.prompt`;
      assert.ok(largest(trained[name] ?? x, start[name] ?? x) > 1e-3, `ten steps change ${name}`);
    }
    assert.equal(digestParams(quick.weights), quick.digest);
    [quick, slow].forEach(({ weights }) => disposeParams(weights));
  });
}

test('a post-norm block is Vaswani\'s: the norm of the sum with attention, then the norm of the sum with the MLP', () => {
  const { architecture, weights } = frozen(smallKwt({ samples: 32, lastBlock: 'all-tokens' }));
  const state = drawn('state', [2, 5, 16]);
  const w = (name: string): Tensor => weights[`blocks.1.${name}`] ?? assert.fail(name);
  const norm = (x: Tensor, name: string): Tensor => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-6))), w(`${name}.gain`)), w(`${name}.shift`));
  };
  const times = (x: Tensor, name: string): Tensor => tf.reshape(tf.matMul(tf.reshape(x, [10, -1]), w(`${name}.weight`)), [2, 5, -1]);
  const heads = (x: Tensor): Tensor => tf.transpose(tf.reshape(x, [2, 5, 2, 8]), [0, 2, 1, 3]);
  const [q = state, k = state, v = state] = tf.split(times(state, 'attention.qkv'), 3, -1).map(heads);
  const mixed = tf.matMul(tf.softmax(tf.div(tf.matMul(q, k, false, true), Math.sqrt(8))), v);
  const attended = tf.add(times(tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [2, 5, 16]), 'attention.output'), w('attention.output.bias'));
  const middle = norm(tf.add(state, attended), 'norm1');
  const hidden = tf.add(times(middle, 'mlp.in'), w('mlp.in.bias'));
  const cubed = tf.mul(hidden, tf.square(hidden));
  const active = tf.mul(tf.mul(hidden, 0.5), tf.add(1, tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(hidden, tf.mul(0.044715, cubed))))));
  const expected = norm(tf.add(middle, tf.add(times(active, 'mlp.out'), w('mlp.out.bias'))), 'norm2');
  assert.ok(largest(architecture.blocks[1]?.(weights, state) ?? state, expected) <= 1e-5);
  assert.ok(largest(state, expected) > 0.1, 'the block changes its state');
});

test('KWT-1 has 607,308 parameters, and a randomly initialised one gives other, finite logits', () => {
  const weights = kwt1.initialise(createGenerator('a'));
  assert.equal(countNumbers(weights), 607_308);
  const model: FrozenModel = { id: 'kwt1', architecture: kwt1, weights, digest: digestParams(weights), classes: [], homeMade: false };
  const control = randomlyInitialised(model, createGenerator('b'));
  assert.notEqual(control.digest, model.digest);
  assert.equal(randomlyInitialised(model, createGenerator('b')).digest, control.digest);
  const x = kwtFrontEnd.compute(drawn('noise', [2, 16000], 0.1));
  const [first, second] = [model, control].map(({ weights: w }) => {
    const state = kwt1.blocks.reduce((now, block) => block(w, now), kwt1.embed(w, x));
    assert.deepEqual(state.shape, [2, 1, 64]);
    return kwt1.classify(w, kwt1.features(w, state));
  });
  assert.ok(first && second);
  assert.deepEqual(first.shape, [2, 12]);
  assert.ok([...first.dataSync(), ...second.dataSync()].every(Number.isFinite));
  assert.ok(largest(first, second) > 0.01);
  [weights, control.weights].forEach(disposeParams);
});

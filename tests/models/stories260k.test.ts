import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { readLlama2c, readSafetensors } from '../../src/assets/index.ts';
import { extendCache, disposeCache, generate, languageLogits, llama, readLlama } from '../../src/models/index.ts';
import type { LlamaOptions } from '../../src/models/index.ts';
import { countNumbers, digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import { largest } from './drawn-tensors.ts';
import { mirrored } from './kwt-file.ts';

before(() => useBackend('wasm'));

const folder = 'models/stories260k';

/** The published checkpoint of llama2.c; undefined after skipping. */
function stories(t: TestContext) {
  const bytes = mirrored(`${folder}/original/checkpoint_legacy.bin`, t);
  if (!bytes) return undefined;
  const { config, tensors } = readLlama2c(bytes, 'checkpoint_legacy.bin');
  const options: LlamaOptions = { ...config, normEps: 1e-5, rotaryBase: 10000 };
  return { options, architecture: llama(options), weights: readLlama(tensors, options) };
}

/** 1, 300, 301, …, 339: what the golden logits were given for. */
const goldenIds = (): ReturnType<typeof tf.tensor2d> => tf.tensor2d([[1, ...Array.from({ length: 40 }, (_, k) => 300 + k)]], [1, 41], 'int32');

test('stories260K from its original file gives its golden logits, read at once or token by token', (t) => {
  const model = stories(t);
  const golden = model && mirrored(`${folder}/golden.safetensors`, t);
  if (!golden) return;
  const { architecture, weights } = model;
  const { values, shape } = readSafetensors(golden, 'golden.safetensors').get('logits') ?? assert.fail('no golden logits');
  const expected = tf.tensor(values, [1, ...shape]);
  const ids = goldenIds();
  const error = largest(languageLogits(architecture, weights, { tokens: ids }, 'last'), expected);
  let { logits, cache } = extendCache(architecture, weights, { tokens: tf.slice(ids, [0, 0], [1, 1]) });
  for (let place = 1; place < 41; place += 1) {
    const next = extendCache(architecture, weights, { tokens: tf.slice(ids, [0, place], [1, 1]) }, cache);
    disposeCache(cache);
    ({ logits, cache } = next);
  }
  const stepwise = largest(logits, expected);
  t.diagnostic(`largest error ${error.toExponential(1)} of the largest logit, token by token ${stepwise.toExponential(1)}`);
  assert.ok(error <= 1e-5 && stepwise <= 1e-5);
  disposeCache(cache);
  disposeParams(weights);
});

test('weights of stories260K read from llama2.c equal the safetensors copy to the bit', (t) => {
  const model = stories(t);
  const copy = model && mirrored(`${folder}/stories260k.safetensors`, t);
  if (!copy) return;
  const { options, weights } = model;
  assert.deepEqual(options, {
    ...{ width: 64, mlpWidth: 172, depth: 5, heads: 8, keyValueHeads: 4, vocabulary: 512, contextLength: 512, tiedHead: true },
    ...{ normEps: 1e-5, rotaryBase: 10000 },
  });
  const theirs = readLlama(readSafetensors(copy, 'stories260k.safetensors'), options);
  assert.equal(digestParams(weights), digestParams(theirs));
  t.diagnostic(`${countNumbers(weights)} numbers compared`);
  assert.equal(countNumbers(weights), 260_032);
  [weights, theirs].forEach(disposeParams);
});

test('stories260K writes the same story with a cache and without', (t) => {
  const model = stories(t);
  if (!model) return;
  const { architecture, weights } = model;
  const write = (cached: boolean) => generate(architecture, weights, { tokens: tf.tensor2d([[1]], [1, 1], 'int32') }, { newTokens: 60, cached });
  const [story = []] = write(true);
  assert.deepEqual([story], write(false));
  assert.ok(story.length === 60 && new Set(story).size > 20, 'a story has more than a few tokens');
  disposeParams(weights);
});

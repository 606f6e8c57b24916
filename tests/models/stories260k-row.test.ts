import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { AssetUnavailable, readLlama2c, readSafetensors } from '../../src/assets/index.ts';
import type { OpenedAsset } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { generate, languageLogits, languageModelRow, llama, loadLanguageModel, readLlama } from '../../src/models/index.ts';
import { digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import { largest } from './drawn-tensors.ts';
import { mirrored } from './kwt-file.ts';

before(() => useBackend('wasm'));

const source = nodeAssetSource({ offline: true });

async function openOrSkip(t: TestContext): Promise<OpenedAsset | undefined> {
  try {
    return await source.open('stories260k');
  } catch (error) {
    if (!(error instanceof AssetUnavailable)) throw error;
    t.skip(`1 asset not here: ${error.message}`);
    return undefined;
  }
}

test('stories260k loads from the catalogue with the weights of its file and gives the golden logits', async (t) => {
  const asset = await openOrSkip(t);
  const file = asset && mirrored('models/stories260k/original/checkpoint_legacy.bin', t);
  const golden = file && mirrored('models/stories260k/golden.safetensors', t);
  if (!asset || !file || !golden) return;
  const model = await loadLanguageModel('stories260k', source);
  const { config, tensors } = readLlama2c(file, 'checkpoint_legacy.bin');
  const options = { ...config, normEps: 1e-5, rotaryBase: 10000 };
  const read = readLlama(tensors, options);
  assert.equal(model.digest, digestParams(read));
  assert.deepEqual([model.id, model.homeMade, model.start, model.tokenizer.size], ['stories260k', false, 1, 512]);
  assert.deepEqual(model.architecture.shapes, llama(options).shapes);
  const ids = tf.tensor2d([[1, ...Array.from({ length: 40 }, (_, k) => 300 + k)]], [1, 41], 'int32');
  const logits = languageLogits(model.architecture, model.weights, { tokens: ids }, 'last');
  const { values, shape } = readSafetensors(golden, 'golden.safetensors').get('logits') ?? assert.fail('no golden logits');
  const error = largest(logits, tf.tensor(values, [1, ...shape]));
  t.diagnostic(`largest error ${error.toExponential(1)} of the largest logit`);
  assert.ok(error <= 1e-5);
  [model.weights, read].forEach(disposeParams);
});

test('stories260k goes on with a story in words of its own tokenizer', async (t) => {
  if (!(await openOrSkip(t))) return;
  const { architecture, weights, tokenizer, start } = await loadLanguageModel('stories260k', source);
  assert.ok(start !== null);
  const prompt = [start, ...tokenizer.encode('Once upon a time, there was a little girl named', { specials: false })];
  assert.deepEqual(tokenizer.encode('Once upon a time, there was a little girl named'), prompt);
  const [told = []] = generate(architecture, weights, { tokens: tf.tensor2d([prompt], [1, prompt.length], 'int32') }, { newTokens: 40 });
  const story = tokenizer.decode(told);
  t.diagnostic(story);
  assert.match(story, /^ ?Lily\b/);
  disposeParams(weights);
});

test('content that does not fit together is refused in one sentence', async (t) => {
  const asset = await openOrSkip(t);
  if (!asset) return;
  const { read } = languageModelRow('stories260k');
  const without = (name: string): OpenedAsset['tensors'] => new Map([...asset.tensors].filter(([key]) => key !== name));
  const header = (change: object): OpenedAsset['text'] => new Map([['config.json', JSON.stringify({ ...JSON.parse(asset.text.get('config.json') ?? '{}'), ...change })]]);
  const cases: readonly (readonly [OpenedAsset, RegExp])[] = [
    [{ ...asset, tensors: without('tokenizer.bin') }, /stories260k lacks its header or its tokenizer/],
    [{ ...asset, text: new Map() }, /stories260k lacks its header or its tokenizer/],
    [{ ...asset, tensors: without('norm.weight') }, /The weights are not those of this Llama\. missing: norm\.weight \[64\]\./],
    [{ ...asset, text: header({ vocabulary: 511 }) }, /The tokenizer of stories260k has 512 tokens, and its model 511\./],
    [{ ...asset, text: header({ mlpWidth: 170 }) }, /feed_forward\.w1\.weight is float32 \[172, 64\] instead of float32 \[170, 64\]/],
    [{ ...asset, text: header({ depth: null }) }, /config\.json: byte 0: depth is missing; it must be a whole number from 1 to 1024/],
  ];
  for (const [opened, message] of cases) assert.throws(() => read(opened), message);
});

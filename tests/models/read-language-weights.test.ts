import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { FormatError, readLlama2c } from '../../src/assets/index.ts';
import type { TensorData } from '../../src/assets/index.ts';
import { gpt2, languageLogits, llama, readGpt2, readLlama } from '../../src/models/index.ts';
import { digestParams, tf, useBackend } from '../../src/tensor/index.ts';
import type { Params } from '../../src/tensor/index.ts';
import { largest } from './drawn-tensors.ts';
import { drawnData, gpt2FileOptions, gpt2Tensors, inOriginalLayout, llama2cFile, llamaFileOptions, llamaTensors } from './language-files.ts';

before(() => useBackend('wasm'));

const shapesOf = (params: Params): unknown => Object.fromEntries(Object.entries(params).map(([name, { shape }]) => [name, shape]));
const without = (tensors: ReadonlyMap<string, TensorData>, ...names: readonly string[]): Map<string, TensorData> =>
  new Map([...tensors].filter(([name]) => !names.includes(name)));

/** The one message of a refusal. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.ok(!error.message.includes('\n'));
    return error.message;
  }
  return assert.fail('it was read');
}

test('GPT-2 is read with and without its prefix, with its buffers and with a copy of its tied head', () => {
  const architecture = gpt2(gpt2FileOptions);
  const tensors = gpt2Tensors('transformer.');
  const weights = readGpt2(tensors, gpt2FileOptions);
  assert.deepEqual(shapesOf(weights), Object.fromEntries(architecture.shapes));
  const digest = digestParams(weights);
  assert.equal(digestParams(readGpt2(gpt2Tensors(''), gpt2FileOptions)), digest);
  const head = tensors.get('transformer.wte.weight');
  assert.ok(head);
  assert.equal(digestParams(readGpt2(new Map([...tensors, ['lm_head.weight', head]]), gpt2FileOptions)), digest);
  const ownHead = new Map([...tensors, ['lm_head.weight', drawnData('lm_head.weight', [11, 8])]]);
  assert.match(refusal(() => readGpt2(ownHead, gpt2FileOptions)), /^lm_head\.weight differs from transformer\.wte\.weight, .* read it with tiedHead: false\.$/);
  const options = { ...gpt2FileOptions, tiedHead: false };
  const tokens = tf.tensor2d([[1, 2, 3]], [1, 3], 'int32');
  const [tied, own] = [languageLogits(architecture, weights, { tokens }), languageLogits(gpt2(options), readGpt2(ownHead, options), { tokens })];
  assert.deepEqual(own.shape, [1, 3, 11]);
  assert.ok(largest(tied, own) > 0.1);
});

test('a Llama under the names and in the layout of Meta equals that of Hugging Face to the bit', () => {
  const tensors = llamaTensors();
  const weights = readLlama(tensors, llamaFileOptions);
  assert.deepEqual(shapesOf(weights), Object.fromEntries(llama(llamaFileOptions).shapes));
  assert.equal(digestParams(readLlama(inOriginalLayout(tensors, 4), llamaFileOptions)), digestParams(weights));
});

test('everything wrong with a checkpoint is said in one message', () => {
  const gpt = without(gpt2Tensors('transformer.'), 'transformer.h.1.mlp.c_fc.bias', 'transformer.ln_f.weight');
  gpt.set('transformer.h.0.attn.c_proj.weight', drawnData('wrong', [8, 9]));
  gpt.set('transformer.h.2.ln_1.weight', drawnData('more', [8]));
  assert.equal(
    refusal(() => readGpt2(gpt, gpt2FileOptions)),
    'The weights are not those of this GPT-2. missing: transformer.h.1.mlp.c_fc.bias [12], transformer.ln_f.weight [8]; ' +
      'unfit: transformer.h.0.attn.c_proj.weight is float32 [8, 9] instead of float32 [8, 8]; not known: transformer.h.2.ln_1.weight.',
  );
  for (const original of [false, true]) {
    const [norm, gate, head] = original ? ['norm', 'layers.1.feed_forward.w1', 'output'] : ['model.norm', 'model.layers.1.mlp.gate_proj', 'lm_head'];
    const whole = original ? inOriginalLayout(llamaTensors(), 4) : llamaTensors();
    const broken = without(whole, `${norm}.weight`, `${head}.weight`);
    broken.set(`${gate}.weight`, { dtype: 'int32', shape: [12, 16], values: new Int32Array(192) });
    broken.set('q.bias', drawnData('q.bias', [16]));
    assert.equal(
      refusal(() => readLlama(broken, llamaFileOptions)),
      `The weights are not those of this Llama. missing: ${norm}.weight [16], ${head}.weight [13, 16]; ` +
        `unfit: ${gate}.weight is int32 [12, 16] instead of float32 [12, 16]; not known: q.bias.`,
    );
  }
  assert.match(refusal(() => readLlama(llamaTensors(), { ...llamaFileOptions, tiedHead: true })), /^lm_head\.weight differs from model\.embed_tokens\.weight/);
  assert.match(refusal(() => readLlama(llamaTensors(), { ...llamaFileOptions, keySmear: true })), /^Checkpoints of Llama have no smeared keys/);
});

for (const tiedHead of [true, false]) {
  test(`a file of llama2.c with ${tiedHead ? 'a tied' : 'its own'} head has its numbers and tensors`, () => {
    const original = inOriginalLayout(llamaTensors(), 4);
    const { config, tensors } = readLlama2c(llama2cFile(original, { tiedHead }), 'small.bin');
    assert.deepEqual(config, { width: 16, mlpWidth: 12, depth: 2, heads: 4, keyValueHeads: 2, vocabulary: 13, contextLength: 10, tiedHead });
    const expected = tiedHead ? without(original, 'output.weight') : original;
    assert.deepEqual([...tensors.keys()].sort(), [...expected.keys()].sort());
    for (const [name, { shape, values }] of expected) {
      assert.deepEqual(tensors.get(name)?.shape, shape, name);
      assert.deepEqual(tensors.get(name)?.values, values, name);
    }
    const options = { ...llamaFileOptions, ...config };
    assert.deepEqual(shapesOf(readLlama(tensors, options)), Object.fromEntries(llama(options).shapes));
  });
}

test('a file of llama2.c that is cut off, too long or something else is refused in one sentence', () => {
  const whole = llama2cFile(inOriginalLayout(llamaTensors(), 4), { tiedHead: false });
  let refused = 0;
  const refuse = (bytes: Uint8Array, message: RegExp): void => {
    assert.throws(() => readLlama2c(bytes, 'small.bin'), FormatError);
    const said = refusal(() => readLlama2c(bytes, 'small.bin'));
    assert.match(said, message);
    assert.match(said, /^small\.bin: byte \d+: /);
    refused += 1;
  };
  for (let length = 0; length < whole.length; length += 97) refuse(whole.slice(0, length), /the file ends inside/);
  refuse(whole.slice(0, -1), /the file ends inside output\.weight: 832 bytes needed, 831 left/);
  refuse(Uint8Array.of(...whole, 0), /1 bytes after the last tensor belong to nothing/);
  const withNumber = (at: number, value: number): Uint8Array => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setInt32(4 * at, value, true);
    return bytes;
  };
  refuse(withNumber(0, 0x616b3432), /a later version of the format/);
  refuse(withNumber(0, -16), /the width is -16, which no llama2\.c model has/);
  refuse(withNumber(2, 16_000_000), /the file ends inside its 16000000 layers/);
  refuse(withNumber(3, 5), /5 heads can't share a width of 16/);
  refuse(withNumber(4, 3), /4 heads can't share 3 key-value heads/);
  refuse(withNumber(5, 0), /the vocabulary is 0/);
  refuse(withNumber(10, 0x7fc00000), /weights must be finite/);
  assert.ok(refused > 40);
});

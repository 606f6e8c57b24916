import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { digestContent, languageFolder, writeSafetensors } from '../../src/assets/index.ts';
import type { AssetRow, LanguageFolder, TensorData } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { causalFolderRows, encoderFolderRows, gpt2, languageLogits, llama, loadLanguageEncoder, loadLanguageModel, readBert, readGpt2, readLanguageFolder, readLlama } from '../../src/models/index.ts';
import type { LanguageArchitecture } from '../../src/models/index.ts';
import { digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import type { Params } from '../../src/tensor/index.ts';
import { bertFileOptions, bertTensors, plainBert } from './bert-file.ts';
import { largest } from './drawn-tensors.ts';
import { drawnData, gpt2FileOptions, gpt2Tensors, llamaFileOptions, llamaTensors } from './language-files.ts';

before(() => useBackend('wasm'));
const place = mkdtempSync(join(tmpdir(), 'atlas-folders-'));
after(() => rmSync(place, { recursive: true, force: true }));
let folders = 0;

type Files = Readonly<Record<string, string | Uint8Array>>;
type Kind = Pick<LanguageFolder, 'holds' | 'tokenizer'>;

/** A person's folder with these files, the one row in a registry that it takes, and where the row finds it. */
function put(files: Files, kind: Kind, tensors: ReadonlyMap<string, TensorData>, { contentDigest }: Partial<AssetRow> = {}) {
  const mirror = join(place, String((folders += 1)));
  mkdirSync(join(mirror, 'models', 'tiny'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(mirror, 'models', 'tiny', name), content);
  const texts = Object.entries(files).flatMap(([name, content]) => (typeof content === 'string' ? [[name, content] as const] : []));
  const row = languageFolder({
    id: 'tiny',
    title: 'A tiny one',
    licence: { name: 'CC0', nonCommercial: false },
    citation: 'none',
    contentDigest: contentDigest ?? digestContent(tensors, new Map(texts)),
    ...kind,
  });
  return { row, source: nodeAssetSource({ rows: [row], mirror, cacheDir: join(place, 'cache'), homeMadeDir: join(place, 'none'), offline: true }) };
}

const gpt2Config = {
  ...{ model_type: 'gpt2', architectures: ['GPT2LMHeadModel'], vocab_size: 11, n_positions: 6, n_ctx: 6, n_embd: 8, n_layer: 2, n_head: 2, n_inner: 12 },
  ...{ activation_function: 'gelu_new', layer_norm_epsilon: 1e-5, bos_token_id: 10, eos_token_id: 10, scale_attn_weights: true },
};
const gpt2Tokenizer = {
  added_tokens: [{ id: 10, content: '<|endoftext|>', special: true }],
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
  decoder: { type: 'ByteLevel' },
  model: { type: 'BPE', vocab: { a: 0, b: 1, Ġ: 2, ab: 3, Ġab: 4, '<|endoftext|>': 10 }, merges: ['a b', 'Ġ ab'] },
};
const llamaConfig = {
  ...{ model_type: 'llama', vocab_size: 13, hidden_size: 16, intermediate_size: 12, num_hidden_layers: 2, num_attention_heads: 4 },
  ...{ num_key_value_heads: 2, hidden_act: 'silu', max_position_embeddings: 10, rms_norm_eps: 1e-5, rope_theta: 10000.0 },
  ...{ rope_scaling: null, attention_bias: false, tie_word_embeddings: false, bos_token_id: 1, eos_token_id: 2 },
};
const llamaTokenizer = {
  added_tokens: ['<unk>', '<s>', '</s>'].map((content, id) => ({ id, content, special: true, normalized: false })),
  normalizer: { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }] },
  post_processor: {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [],
    special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
  },
  model: { type: 'BPE', unk_token: '<unk>', vocab: { '<unk>': 0, '<s>': 1, '</s>': 2, '▁': 3, a: 4, b: 5, ab: 6, '▁ab': 7 }, merges: ['a b', '▁ ab'] },
};
const bertConfig = {
  ...{ model_type: 'bert', vocab_size: 14, hidden_size: 12, intermediate_size: 20, num_hidden_layers: 2, num_attention_heads: 3 },
  ...{ hidden_act: 'gelu', max_position_embeddings: 9, type_vocab_size: 2, layer_norm_eps: 1e-12, pad_token_id: 0 },
};
const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'a', 'film', 'dull', '##er', '.', 'b', 'c', 'd', 'e'];

const gpt2Files: Files = {
  'config.json': JSON.stringify(gpt2Config),
  'model.safetensors': writeSafetensors(gpt2Tensors('transformer.')),
  'tokenizer.json': JSON.stringify(gpt2Tokenizer),
};
const llamaFiles: Files = {
  'config.json': JSON.stringify(llamaConfig),
  'model.safetensors': writeSafetensors(llamaTensors()),
  'tokenizer.json': JSON.stringify(llamaTokenizer),
};
const bertFiles: Files = {
  'config.json': JSON.stringify(bertConfig),
  'model.safetensors': writeSafetensors(bertTensors()),
  'vocab.txt': `${words.join('\n')}\n`,
  'tokenizer_config.json': JSON.stringify({ do_lower_case: true }),
};
const causal: Kind = { holds: 'causal-language-model', tokenizer: 'tokenizer.json' };
const encoder: Kind = { holds: 'language-encoder', tokenizer: 'vocab.txt' };

const load = async (files: Files, tensors: ReadonlyMap<string, TensorData>, changes: Partial<AssetRow> = {}, kind = causal) => {
  const { row, source } = put(files, kind, tensors, changes);
  return loadLanguageModel('tiny', source, causalFolderRows([row]));
};
const loadEncoder = async (files: Files, tensors: ReadonlyMap<string, TensorData>, kind = encoder) => {
  const { row, source } = put(files, kind, tensors);
  return loadLanguageEncoder('tiny', source, encoderFolderRows([row]));
};

test('a folder of GPT-2 and one of Llama load by their one row, and compute what their tensors say', async (t) => {
  const families: readonly (readonly [string, Files, ReadonlyMap<string, TensorData>, LanguageArchitecture, Params, readonly number[], number])[] = [
    ['GPT-2', gpt2Files, gpt2Tensors('transformer.'), gpt2(gpt2FileOptions), readGpt2(gpt2Tensors('transformer.'), gpt2FileOptions), [3, 4], 10],
    ['Llama', llamaFiles, llamaTensors(), llama(llamaFileOptions), readLlama(llamaTensors(), llamaFileOptions), [1, 7, 7], 1],
  ];
  for (const [family, files, tensors, architecture, weights, tokens, start] of families) {
    const model = await load(files, tensors);
    assert.deepEqual([model.id, model.start, model.homeMade, model.digest], ['tiny', start, false, digestParams(weights)], family);
    assert.deepEqual(model.tokenizer.encode('ab ab'), tokens);
    const ids = tf.tensor2d([[...tokens, 0]], [1, tokens.length + 1], 'int32');
    assert.equal(largest(languageLogits(model.architecture, model.weights, { tokens: ids }), languageLogits(architecture, weights, { tokens: ids })), 0, family);
    [model.weights, weights].forEach(disposeParams);
  }
  t.diagnostic(`${families.length} families`);
});

test('a folder of BERT loads by its one row and names hidden tokens as a plain BERT does', async () => {
  const { architecture, weights, tokenizer, digest } = await loadEncoder(bertFiles, bertTensors());
  const read = readBert(bertTensors(), bertFileOptions);
  assert.equal(digest, digestParams(read));
  const ids = [...tokenizer.encode('A DULLER [MASK].')];
  assert.deepEqual(ids, [2, 5, 7, 8, 4, 9, 3]);
  const logits = architecture.maskedLogits?.(weights, architecture.states(weights, { tokens: tf.tensor2d([ids], [1, 7], 'int32') })) ?? assert.fail('no head');
  const plain = plainBert(bertTensors(), bertFileOptions, { ids, types: ids.map(() => 0), visible: ids.map(() => true) });
  assert.ok(largest(logits, tf.tensor([plain.logits.map((row) => [...row])])) < 5e-6);
  [weights, read].forEach(disposeParams);
});

test('weights in half precision and those of the bare model are read, too', async () => {
  const half = await load({ ...gpt2Files, 'model.safetensors': writeSafetensors(gpt2Tensors(''), { floats: 'float16' }) }, new Map(), { contentDigest: '0' }).catch((error: Error) => error.message);
  const found = /has digest ([0-9a-f]{64})/.exec(String(half))?.[1] ?? assert.fail(String(half));
  const model = await load({ ...gpt2Files, 'model.safetensors': writeSafetensors(gpt2Tensors(''), { floats: 'float16' }) }, new Map(), { contentDigest: found });
  const whole = readGpt2(gpt2Tensors(''), gpt2FileOptions);
  const names = Object.keys(whole);
  assert.ok(names.length > 20);
  for (const name of names) {
    const [a, b] = [model.weights[name], whole[name]];
    assert.ok(a && b && largest(a, b) < 1e-3, name);
  }
  [model.weights, whole].forEach(disposeParams);
});

/** The folder's files with another config. */
const configured = (files: Files, change: Readonly<Record<string, unknown>>): Files => ({ ...files, 'config.json': JSON.stringify({ ...JSON.parse(String(files['config.json'])), ...change }) });
const without = (files: Files, name: string): Files => Object.fromEntries(Object.entries(files).filter(([key]) => key !== name));
const retold = (files: Files, tensors: ReadonlyMap<string, TensorData>): Files => ({ ...files, 'model.safetensors': writeSafetensors(tensors) });

test('a config that is incomplete, impossible or of another model is refused in one sentence', async (t) => {
  const cases: readonly (readonly [Files, Readonly<Record<string, unknown>>, RegExp])[] = [
    [gpt2Files, { model_type: undefined }, /^tiny\/config\.json: byte 0: model_type is missing; it must be one of gpt2, llama, bert$/],
    [gpt2Files, { model_type: 'mamba' }, /config\.json: byte \d+: model_type is "mamba"; it must be one of gpt2, llama, bert$/],
    [gpt2Files, { n_embd: undefined }, /byte 0: n_embd is missing; it must be a whole number from 1 to 16777216$/],
    [gpt2Files, { n_layer: 1e9 }, /n_layer is 1000000000; it must be a whole number from 1 to 1024$/],
    [gpt2Files, { n_head: -2 }, /n_head is -2; it must be a whole number from 1/],
    [gpt2Files, { n_head: 3 }, /^3 heads can't share a width of 8\.$/],
    [gpt2Files, { n_positions: '6' }, /n_positions is "6"; it must be a whole number/],
    [gpt2Files, { layer_norm_epsilon: 0 }, /layer_norm_epsilon is 0; it must be a number above 0$/],
    [gpt2Files, { activation_function: 'relu' }, /activation_function is "relu"; it must be one of gelu, gelu_new/],
    [gpt2Files, { scale_attn_by_inverse_layer_idx: true }, /scale_attn_by_inverse_layer_idx is true; it must be false or left out, since nothing else is computed here$/],
    [gpt2Files, { tie_word_embeddings: 'yes' }, /tie_word_embeddings is "yes"; it must be true or false$/],
    [gpt2Files, { bos_token_id: 11 }, /bos_token_id is 11; it must be a whole number from 0 to 10$/],
    [gpt2Files, { vocab_size: 10 }, /^tiny\/tokenizer\.json: byte 0: its token ids go up to 10, and the vocab_size of config\.json is 10$/],
    [gpt2Files, { n_inner: 16 }, /transformer\.h\.0\.mlp\.c_fc\.weight is float32 \[8, 12\] instead of float32 \[8, 16\]/],
    [llamaFiles, { num_key_value_heads: 3 }, /^4 heads can't share 3 heads of keys and values in equal groups\.$/],
    [llamaFiles, { rope_scaling: { rope_type: 'llama3', factor: 8 } }, /rope_scaling\.rope_type is "llama3"; it must be one of default$/],
    [llamaFiles, { rope_scaling: { type: 'linear', factor: 2 } }, /rope_scaling\.rope_type is missing/],
    [llamaFiles, { rope_scaling: 2 }, /rope_scaling is 2; it must be a JSON object$/],
    [llamaFiles, { attention_bias: true }, /attention_bias is true; it must be false or left out/],
    [llamaFiles, { bos_token_id: 2 }, /^tiny\/config\.json: byte 0: bos_token_id is 2, but the tokenizer begins a text with token 1$/],
    [llamaFiles, { tie_word_embeddings: true }, /lm_head\.weight differs from model\.embed_tokens\.weight/],
  ];
  for (const [files, change, message] of cases) {
    await assert.rejects(load(configured(files, change), files === gpt2Files ? gpt2Tensors('transformer.') : llamaTensors()), (error: Error) => message.test(error.message) || assert.fail(error.message));
  }
  await assert.rejects(loadEncoder(configured(bertFiles, { position_embedding_type: 'relative_key' }), bertTensors()), /position_embedding_type is "relative_key"; it must be "absolute" or left out/);
  await assert.rejects(load({ ...gpt2Files, 'config.json': '{"model_type": "gpt2",' }, gpt2Tensors('transformer.')), /config\.json: byte \d+: /);
  await assert.rejects(load({ ...gpt2Files, 'config.json': '[]' }, gpt2Tensors('transformer.')), /config\.json: byte 0: the file must be a JSON object/);
  t.diagnostic(`${cases.length + 3} configs`);
});

test('fields with an old or a newer name, or none, mean what Hugging Face means by them', async () => {
  const tensors = llamaTensors();
  const plain = await load(llamaFiles, tensors);
  const newer = configured(llamaFiles, { rope_theta: undefined, rope_parameters: { rope_type: 'default', rope_theta: 500 } });
  const turned = await load(newer, tensors);
  const ids = tf.tensor2d([[1, 7, 3]], [1, 3], 'int32');
  const expected = languageLogits(llama({ ...llamaFileOptions, rotaryBase: 500 }), plain.weights, { tokens: ids });
  assert.equal(largest(languageLogits(turned.architecture, turned.weights, { tokens: ids }), expected), 0);
  const silent = await load(configured(llamaFiles, { bos_token_id: null, rope_theta: undefined, tie_word_embeddings: undefined, head_dim: null }), tensors);
  assert.equal(silent.start, 1, "the tokenizer's own");
  assert.equal(silent.digest, plain.digest);
  const none = await load(configured(gpt2Files, { bos_token_id: undefined }), gpt2Tensors('transformer.'));
  assert.equal(none.start, null);
  [plain, turned, silent, none].forEach(({ weights }) => disposeParams(weights));
});

test('files that are missing, cut short or of another model are refused in one sentence', async (t) => {
  const gpt = gpt2Tensors('transformer.');
  const weights = gpt2Files['model.safetensors'];
  assert.ok(weights instanceof Uint8Array);
  let refused = 0;
  for (const keep of [0, 5, 40, weights.length - 1]) {
    await assert.rejects(load({ ...gpt2Files, 'model.safetensors': weights.slice(0, keep) }, gpt), /^AssetUnavailable: asset tiny is not available: .*model\.safetensors: byte \d+: the file ends inside /);
    refused += 1;
  }
  for (const name of Object.keys(gpt2Files)) {
    await assert.rejects(load(without(gpt2Files, name), gpt), new RegExp(`asset tiny is not available: .*, ${name.replace('.', '\\.')}: not there; upstream: none`));
    refused += 1;
  }
  for (const name of ['vocab.txt', 'tokenizer_config.json']) {
    await assert.rejects(loadEncoder(without(bertFiles, name), bertTensors()), new RegExp(`, ${name.replace('.', '\\.')}: not there`));
    refused += 1;
  }
  const short = new Map([...gpt].filter(([name]) => name !== 'transformer.h.1.ln_2.bias'));
  const wide = new Map([...gpt, ['transformer.wte.weight', drawnData('wide', [12, 8])]]);
  const more = new Map([...bertTensors(), ['classifier.weight', drawnData('more', [2, 12])]]);
  const list = (content: string): Files => ({ ...bertFiles, 'vocab.txt': content });
  const cases: readonly (readonly [() => Promise<unknown>, RegExp])[] = [
    [() => load(retold(gpt2Files, short), short), /missing: transformer\.h\.1\.ln_2\.bias \[8\]\.$/],
    [() => load(retold(gpt2Files, wide), wide), /unfit: transformer\.wte\.weight is float32 \[12, 8\] instead of float32 \[11, 8\]\.$/],
    [() => loadEncoder(retold(bertFiles, more), more), /not known: classifier\.weight\.$/],
    [() => load({ ...gpt2Files, 'tokenizer.json': '{' }, gpt), /^tiny\/tokenizer\.json: byte 0: the file is not JSON$/],
    [() => load({ ...gpt2Files, 'tokenizer.json': '{}' }, gpt), /^tiny\/tokenizer\.json: model is missing\.$/],
    [() => loadEncoder(list(`${words.join('\n')}\nextra\n`), bertTensors()), /^tiny\/vocab\.txt: byte 0: its token ids go up to 14, and the vocab_size of config\.json is 14$/],
    [() => loadEncoder(list('a\nb\n'), bertTensors()), /^tiny\/vocab\.txt has no line \[UNK\], which BERT's tokenizer needs\.$/],
    [() => loadEncoder({ ...bertFiles, 'tokenizer_config.json': '{}' }, bertTensors()), /^tiny\/tokenizer_config\.json: byte 0: do_lower_case is missing; it must be true or false$/],
    [() => load(gpt2Files, gpt, { contentDigest: 'f'.repeat(64) }), /the content has digest [0-9a-f]{64}; f{64} expected/],
    [() => load(bertFiles, bertTensors(), {}, { ...encoder, holds: 'causal-language-model' }), /^The folder of tiny holds an encoder, and its row in the registry says causal-language-model\.$/],
    [() => loadEncoder(gpt2Files, gpt, { ...causal, holds: 'language-encoder' }), /^The folder of tiny holds a causal language model, and its row in the registry says language-encoder\.$/],
  ];
  for (const [loading, message] of cases) await assert.rejects(loading(), (error: Error) => message.test(error.message) || assert.fail(error.message));
  t.diagnostic(`${refused + cases.length} folders`);
});

test('whatever stands in a config, it is read or refused in words', async (t) => {
  const values: readonly unknown[] = [null, 0, -1, 1.5, 1e12, '', 'gelu', true, [], {}, { rope_type: 'default' }, undefined];
  const parts = [[gpt2Config, gpt2Files, gpt2Tensors('transformer.')], [llamaConfig, llamaFiles, llamaTensors()], [bertConfig, bertFiles, bertTensors()]] as const;
  const [read, refused] = [new Set<string>(), new Set<string>()];
  for (const [config, files, tensors] of parts) {
    const text = new Map(Object.entries(files).flatMap(([name, content]) => (typeof content === 'string' ? [[name, content] as const] : [])));
    for (const field of Object.keys(config)) {
      for (const value of values) {
        const asset = { id: 'tiny', tensors, text: new Map([...text, ['config.json', JSON.stringify({ ...config, [field]: value })]]) };
        try {
          disposeParams(readLanguageFolder(asset).weights);
          read.add(`${config.model_type} ${field} ${JSON.stringify(value)}`);
        } catch (error) {
          assert.ok(error instanceof Error && !(error instanceof TypeError) && /^(tiny\/config\.json: byte \d+: |tiny\/[a-z.]+: byte 0: |\d|The weights are not|[a-z_.]+ differs from)/.test(error.message), `${field} ${JSON.stringify(value)}: ${String(error)}`);
          refused.add(`${config.model_type} ${field} ${JSON.stringify(value)}`);
        }
      }
    }
  }
  t.diagnostic(`${read.size} configs read, ${refused.size} refused`);
  assert.ok(read.size > 20 && refused.size > 200);
});

test('an unknown model is refused with the nearest name', async () => {
  const { row, source } = put(gpt2Files, causal, gpt2Tensors('transformer.'));
  await assert.rejects(loadLanguageModel('tinny', source, causalFolderRows([row])), /unknown language model "tinny"; did you mean "tiny"\?/);
  await assert.rejects(loadLanguageEncoder('tiny', source, encoderFolderRows([row])), /unknown language encoder "tiny"/);
});

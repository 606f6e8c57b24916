import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { digestContent, imageTextFolder, readSafetensors, writeSafetensors } from '../../src/assets/index.ts';
import type { TensorData } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import {
  clipPictureStatistics,
  embedTexts,
  imageFeatures,
  imageTextFolderRows,
  imageTextModelRows,
  loadImageTextModel,
  oneTree,
  readImageTextFolder,
  textFeatures,
  unitLength,
  zeroShotWeights,
} from '../../src/models/index.ts';
import type { FrozenImageTextModel } from '../../src/models/index.ts';
import { digestParams, disposeParams, tf, useBackend } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { largest } from './drawn-tensors.ts';
import { drawnData } from './language-files.ts';

before(() => useBackend('wasm'));
const place = mkdtempSync(join(tmpdir(), 'atlas-pairs-'));
after(() => rmSync(place, { recursive: true, force: true }));
let folders = 0;

const oracle = new URL('../oracles/clip-zero-shot-a/', import.meta.url);
const stored = readSafetensors(new Uint8Array(readFileSync(new URL('tensors.safetensors', oracle))), 'tensors.safetensors');
const { model: given } = JSON.parse(readFileSync(new URL('case.json', oracle), 'utf8'));

/** The tensors of an original CLIPModel, with what old checkpoints keep beside them. */
const tensors: ReadonlyMap<string, TensorData> = new Map([
  ...[...stored].flatMap(([name, data]) => (name.startsWith('frozen.') ? [[name.slice('frozen.'.length), data] as const] : [])),
  ['text_model.embeddings.position_ids', { dtype: 'int32', shape: [1, 16], values: Int32Array.from({ length: 16 }, (_, i) => i) }],
  ['vision_model.embeddings.position_ids', { dtype: 'int32', shape: [1, 17], values: Int32Array.from({ length: 17 }, (_, i) => i) }],
]);
const config = { model_type: 'clip', architectures: ['CLIPModel'], projection_dim: given.projection_dim, logit_scale_init_value: given.logit_scale, text_config: given.text, vision_config: given.vision };
const tokenizer = {
  added_tokens: [58, 59].map((id) => ({ id, content: id === 58 ? '<|startoftext|>' : '<|endoftext|>', special: true, normalized: false })),
  normalizer: { type: 'Lowercase' },
  pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+` }, behavior: 'Removed', invert: true }, { type: 'ByteLevel', add_prefix_space: false }] },
  post_processor: { type: 'RobertaProcessing', sep: ['<|endoftext|>', 59], cls: ['<|startoftext|>', 58], trim_offsets: false, add_prefix_space: false },
  decoder: { type: 'ByteLevel' },
  model: { type: 'BPE', unk_token: '<|endoftext|>', end_of_word_suffix: '</w>', vocab: { a: 2, b: 3, 'a</w>': 4, 'b</w>': 5, '.</w>': 6, 'ab</w>': 7, '<|startoftext|>': 58, '<|endoftext|>': 59 }, merges: ['a b</w>'] },
};
type Files = Readonly<Record<string, string | Uint8Array>>;
const files: Files = { 'config.json': JSON.stringify(config), 'model.safetensors': writeSafetensors(tensors), 'tokenizer.json': JSON.stringify(tokenizer) };

/** Loads a person's folder with these files by the one row in a registry that it takes. */
async function load(given: Files, content = tensors): Promise<FrozenImageTextModel> {
  const mirror = join(place, String((folders += 1)));
  mkdirSync(join(mirror, 'models', 'tiny'), { recursive: true });
  for (const [name, bytes] of Object.entries(given)) writeFileSync(join(mirror, 'models', 'tiny', name), bytes);
  const texts = Object.entries(given).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []));
  const row = imageTextFolder({ id: 'tiny', title: 'A tiny one', licence: { name: 'CC0', nonCommercial: false }, citation: 'none', contentDigest: digestContent(content, new Map(texts)) });
  const source = nodeAssetSource({ rows: [row], mirror, cacheDir: join(place, 'cache'), homeMadeDir: join(place, 'none'), offline: true });
  return loadImageTextModel('tiny', source, imageTextFolderRows([row]));
}
const dispose = ({ weights }: FrozenImageTextModel): void => disposeParams(oneTree(weights));
const storedTensor = (name: string): Tensor => {
  const { values, shape } = stored.get(name) ?? assert.fail(`no ${name}`);
  return tf.tensor(values, [...shape]);
};

test('a folder of a CLIPModel loads by its one row and gives the embeddings of the original library', async (t) => {
  const model = await load(files);
  assert.deepEqual([model.id, model.homeMade, model.digest], ['tiny', false, digestParams(oneTree(model.weights))]);
  const { image, text } = model.architecture;
  const { mean, std } = clipPictureStatistics;
  assert.deepEqual(image.input, { rows: 16, columns: 16, channels: 3, mean, std });
  const normalised = tf.transpose(storedTensor('input.pixel_values'), [0, 2, 3, 1]);
  const pictures = tf.add(tf.mul(normalised, tf.tensor1d([...std])), tf.tensor1d([...mean]));
  assert.ok(largest(unitLength(imageFeatures(image, model.weights.image, pictures)), storedTensor('expect.image_embeds')) <= 1e-5);
  const ids = [...(stored.get('input.input_ids')?.values ?? [])];
  const rows = Array.from({ length: 4 }, (_, row) => ids.slice(row * 16, row * 16 + ids.slice(row * 16).indexOf(59) + 1));
  const embeddings = unitLength(textFeatures(text, model.weights.text, embedTexts(text, model.weights.text, rows)));
  assert.ok(largest(embeddings, storedTensor('expect.text_embeds')) <= 1e-5);
  assert.deepEqual(model.tokenizer.encode('AB a.'), [58, 7, 4, 6, 59]);
  assert.deepEqual(zeroShotWeights(model, ['ab', 'b'], ['a {}.']).shape, [2, 18]);
  t.diagnostic('5 pictures, 4 texts');
  dispose(model);
});

test('no pair in the catalogue is there without a row in the registry', () => {
  assert.deepEqual(imageTextFolderRows([]), []);
  for (const { homeMade, asset, id } of imageTextModelRows) assert.ok(homeMade || asset === id);
});

test('a scale that is a number, an end that an old config leaves unsaid and weights in half precision are read, too', async () => {
  const plain = await load(files);
  const scalar = new Map([...tensors, ['logit_scale', { ...(tensors.get('logit_scale') ?? assert.fail('no scale')), shape: [] }]]);
  const number = await load({ ...files, 'model.safetensors': writeSafetensors(scalar) }, scalar);
  const unsaid = await load({ ...files, 'config.json': JSON.stringify({ ...config, text_config: { ...given.text, eos_token_id: 2, bos_token_id: 0 } }) });
  const silent = await load({ ...files, 'config.json': JSON.stringify({ ...config, text_config: { ...given.text, eos_token_id: undefined, hidden_act: undefined, layer_norm_eps: null } }) });
  for (const model of [number, unsaid, silent]) {
    assert.deepEqual([model.digest, model.architecture.text.end], [plain.digest, 59]);
    dispose(model);
  }
  const half = writeSafetensors(tensors, { floats: 'float16' });
  const rounded = await load({ ...files, 'model.safetensors': half }, readSafetensors(half, 'model.safetensors'));
  const [all, exact] = [oneTree(rounded.weights), oneTree(plain.weights)];
  assert.ok(Object.keys(exact).length > 40);
  for (const [name, tensor] of Object.entries(exact)) assert.ok(largest(all[name] ?? assert.fail(name), tensor) < 1e-3, name);
  [rounded, plain].forEach(dispose);
});

test('a config without sizes is OpenAI\'s ViT-B/32', () => {
  const text = new Map([['config.json', JSON.stringify({ model_type: 'clip', text_config: { eos_token_id: 2 }, vision_config: null })], ['tokenizer.json', JSON.stringify(tokenizer).replaceAll('59', '49407')]]);
  assert.throws(() => readImageTextFolder({ id: 'tiny', tensors: new Map(), text }), (error: Error) => {
    const wanted = ['text_model.embeddings.token_embedding.weight [49408, 512]', 'text_model.embeddings.position_embedding.weight [77, 512]', 'text_model.encoder.layers.11.mlp.fc1.weight [2048, 512]', 'vision_model.embeddings.patch_embedding.weight [768, 3, 32, 32]', 'vision_model.embeddings.position_embedding.weight [50, 768]', 'vision_model.encoder.layers.11.mlp.fc1.weight [3072, 768]', 'visual_projection.weight [512, 768]', 'text_projection.weight [512, 512]', 'logit_scale []'];
    for (const part of wanted) assert.ok(error.message.includes(part), `${part} in ${error.message.slice(0, 200)}`);
    return !error.message.includes('layers.12.');
  });
});

test('folders that are incomplete, impossible or of another model are refused in one sentence', async (t) => {
  const inText = (change: object): Files => ({ ...files, 'config.json': JSON.stringify({ ...config, text_config: { ...given.text, ...change } }) });
  const inVision = (change: object): Files => ({ ...files, 'config.json': JSON.stringify({ ...config, vision_config: { ...given.vision, ...change } }) });
  const withTokenizer = (change: object): Files => ({ ...files, 'tokenizer.json': JSON.stringify({ ...tokenizer, ...change }) });
  const cases: readonly (readonly [Files, RegExp])[] = [
    [{ ...files, 'config.json': '{}' }, /^FormatError: tiny\/config\.json: byte 0: model_type is missing; it must be one of clip$/],
    [{ ...files, 'config.json': JSON.stringify({ ...config, model_type: 'siglip' }) }, /model_type is "siglip"; it must be one of clip$/],
    [{ ...files, 'config.json': JSON.stringify({ ...config, text_config: 3 }) }, /text_config is 3; it must be a JSON object$/],
    [inText({ hidden_act: 'relu' }), /text_config\.hidden_act is "relu"; it must be one of quick_gelu, gelu$/],
    [inText({ eos_token_id: 60 }), /text_config\.eos_token_id is 60; it must be a whole number from 0 to 59$/],
    [inText({ eos_token_id: 57 }), /^FormatError: tiny\/tokenizer\.json: byte 0: it puts the tokens \[58, 59\] around a text, and the text tower expects a start token and then 57$/],
    [inText({ num_attention_heads: 3 }), /^RangeError: 3 heads can't share a width of 20\.$/],
    [inText({ vocab_size: 59 }), /^FormatError: tiny\/tokenizer\.json: byte 0: its token ids go up to 59, and the vocab_size of config\.json is 59$|eos_token_id is 59/],
    [inVision({ num_channels: 4 }), /vision_config\.num_channels is 4; it must be a whole number from 3 to 3$/],
    [inVision({ patch_size: 5 }), /^RangeError: Patches of 5 pixels a side can't fill a picture of 16 × 16\.$/],
    [inVision({ image_size: 32 }), /vision_model\.embeddings\.position_embedding\.weight is float32 \[17, 21\] instead of float32 \[65, 21\]/],
    [inVision({ num_hidden_layers: 3 }), /^Error: The weights are not those of this CLIP\. missing: vision_model\.encoder\.layers\.2\./],
    [withTokenizer({ post_processor: null }), /it puts the tokens \[\] around a text, and the text tower expects a start token and then 59$/],
    [{ ...files, 'tokenizer.json': '{' }, /tokenizer\.json: byte \d+: /],
    [{ 'config.json': files['config.json'] ?? '', 'model.safetensors': files['model.safetensors'] ?? '' }, /asset tiny is not available: .*, tokenizer\.json: not there/],
  ];
  for (const [broken, message] of cases) await assert.rejects(load(broken), (error: Error) => message.test(String(error)) || assert.fail(String(error)));
  const more = new Map([...tensors, ['text_model.extra', drawnData('extra', [2])]]);
  await assert.rejects(load({ ...files, 'model.safetensors': writeSafetensors(more) }, more), /not known: text_model\.extra\.$/);
  for (const name of ['config.json', 'tokenizer.json']) {
    const text = new Map(Object.entries(files).flatMap(([key, value]) => (typeof value === 'string' && key !== name ? [[key, value] as const] : [])));
    assert.throws(() => readImageTextFolder({ id: 'tiny', tensors, text }), new RegExp(`^FormatError: tiny/${name}: byte 0: the folder lacks this file$`));
  }
  await assert.rejects(loadImageTextModel('clop', nodeAssetSource({ rows: [], mirror: place, cacheDir: join(place, 'cache'), homeMadeDir: join(place, 'none'), offline: true }), []), /unknown image-text model "clop"/);
  t.diagnostic(`${cases.length + 4} folders`);
});

test('whatever stands in a config, it is read or refused in words', async (t) => {
  const values: readonly unknown[] = [null, 0, -1, 1.5, 7, 1e12, '', 'gelu', true, [], {}, undefined];
  const parts = [['', config], ['text_config', given.text], ['vision_config', given.vision]] as const;
  let [read, refused] = [0, 0];
  for (const [part, fields] of parts) {
    for (const field of Object.keys(fields)) {
      for (const value of values) {
        const changed = { ...fields, [field]: value };
        const text = new Map([['config.json', JSON.stringify(part === '' ? changed : { ...config, [part]: changed })], ['tokenizer.json', JSON.stringify(tokenizer)]]);
        try {
          disposeParams(oneTree(readImageTextFolder({ id: 'tiny', tensors, text }).weights));
          read += 1;
        } catch (error) {
          assert.ok(error instanceof Error && !(error instanceof TypeError) && /^(tiny\/[a-z]+\.json: byte \d+: |\d+ heads can't|Patches of|The weights are not)/.test(error.message), `${part} ${field} ${JSON.stringify(value)}: ${String(error)}`);
          refused += 1;
        }
      }
    }
  }
  t.diagnostic(`${read} configs read, ${refused} refused`);
  assert.ok(read > 20 && refused > 100);
});

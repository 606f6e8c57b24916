import { AssetUnavailable } from '../../src/assets/index.ts';
import type { AssetSource, OpenedAsset, TensorData } from '../../src/assets/index.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import { prepareLanguageRun } from '../../src/bench/language/prepare-language-run.ts';
import type { PreparedLanguage } from '../../src/bench/language/prepare-language-run.ts';
import { useBackend } from '../../src/tensor/index.ts';
import { drawnData } from '../models/language-files.ts';
import { binFile, byteNames } from '../text/bin-file.ts';

const characters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789;>:=+,'];
const pieces: readonly (readonly [string, number])[] = [
  ...['<unk>', '\n<s>\n', '\n</s>\n', ...byteNames].map((piece) => [piece, 0] as const),
  ...[' ', ...characters].map((piece) => [piece, -2] as const),
  // a character with the space before it is one token, so that words of one character are
  ...characters.map((piece) => [` ${piece}`, -1] as const),
];

const config = { vocabulary: pieces.length, contextLength: 160, width: 16, depth: 2, heads: 4, keyValueHeads: 2, mlpWidth: 24, tiedHead: true } as const;

function llamaFile(): ReadonlyMap<string, TensorData> {
  const { vocabulary, width, depth, keyValueHeads, heads, mlpWidth } = config;
  const keyWidth = (keyValueHeads * width) / heads;
  const shapes: readonly (readonly [string, readonly number[]])[] = [
    ['model.embed_tokens.weight', [vocabulary, width]],
    ...Array.from({ length: depth }, (_, index) => {
      const layer = `model.layers.${index}`;
      return [
        [`${layer}.input_layernorm.weight`, [width]],
        [`${layer}.self_attn.q_proj.weight`, [width, width]],
        [`${layer}.self_attn.k_proj.weight`, [keyWidth, width]],
        [`${layer}.self_attn.v_proj.weight`, [keyWidth, width]],
        [`${layer}.self_attn.o_proj.weight`, [width, width]],
        [`${layer}.post_attention_layernorm.weight`, [width]],
        [`${layer}.mlp.gate_proj.weight`, [mlpWidth, width]],
        [`${layer}.mlp.up_proj.weight`, [mlpWidth, width]],
        [`${layer}.mlp.down_proj.weight`, [width, mlpWidth]],
      ] as const;
    }).flat(),
    ['model.norm.weight', [width]],
  ];
  return new Map(shapes.map(([name, shape]) => [name, drawnData(name, shape)]));
}

/** A model of the kind of stories260K, much smaller, with drawn weights and a token for every character. */
const model = (): OpenedAsset => ({
  id: 'stories260k',
  digest: '1'.repeat(64),
  tensors: new Map<string, TensorData>([
    ...llamaFile(),
    ['tokenizer.bin', { dtype: 'uint8', shape: [binFile(pieces).length], values: binFile(pieces) }],
  ]),
  text: new Map([['config.json', JSON.stringify(config)]]),
});

/** Sentences of two classes, told apart by a word, under the name of SST-2. */
function sentences(): OpenedAsset {
  const part = (name: string, count: number): readonly (readonly [string, string])[] => {
    const lines = Array.from({ length: count }, (_, at) => `${at % 2 === 0 ? 'dull' : 'fun'} film ${'x'.repeat(1 + (at % 5))} ${at}`);
    return [[`${name}-sentences`, lines.map((line) => `${line}\n`).join('')]];
  };
  const labels = (count: number): TensorData => ({ dtype: 'uint8', shape: [count], values: Uint8Array.from({ length: count }, (_, at) => at % 2) });
  return {
    id: 'sst2',
    digest: '2'.repeat(64),
    tensors: new Map([['train-labels', labels(60)], ['test-labels', labels(40)]]),
    text: new Map([...part('train', 60), ...part('test', 40)]),
  };
}

/** A source of the two. */
export const tinyLanguageAssets: AssetSource = {
  open: (id) => {
    const asset = [model, sentences].map((make) => make()).find((made) => made.id === id);
    return asset ? Promise.resolve(asset) : Promise.reject(new AssetUnavailable(id, 'it is none of the two of these tests'));
  },
};

/** What a run on them needs; no clock goes on. */
export async function tinyLanguageContext(): Promise<CellContext> {
  return {
    assets: tinyLanguageAssets,
    backend: await useBackend('wasm'),
    clock: () => 0,
    now: () => '2026-01-01T00:00:00.000Z',
    environment: { engine: 'node', versions: {}, commit: 'unknown', dirty: true, architecture: 'x64', platform: 'linux', cpu: 'test', threads: 1 },
  };
}

/** A request for a run without training, on the small model. */
export const untrained: Omit<CellRequest, 'methodId' | 'taskId'> = {
  options: {},
  modelId: 'stories260k',
  split: { train: 12, test: 10 },
  epochs: 0,
  batch: 4,
  seed: 1,
};

export async function preparedRun(request: Pick<CellRequest, 'methodId' | 'taskId'> & Partial<CellRequest>): Promise<PreparedLanguage> {
  return prepareLanguageRun({ ...untrained, ...request }, await tinyLanguageContext(), null);
}

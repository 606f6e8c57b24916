import type { TensorData } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import type { BertOptions } from './bert.ts';
import { weightsFrom, withoutTiedHead } from './weight-origins.ts';
import type { OriginPart, WeightOrigin } from './weight-origins.ts';

function dense(ours: string, names: readonly string[], from: number, to: number): WeightOrigin[] {
  const parts = (part: string, shape: readonly number[]): OriginPart[] => names.map((name) => ({ name: `${name}.${part}`, shape }));
  return [
    { ours: `${ours}.weight`, theirs: parts('weight', [to, from]), transposed: true },
    { ours: `${ours}.bias`, theirs: parts('bias', [to]), transposed: false },
  ];
}

function norm(ours: string, name: string, width: number): WeightOrigin[] {
  return [
    { ours: `${ours}.gain`, theirs: [{ name: `${name}.weight`, shape: [width] }], transposed: false },
    { ours: `${ours}.shift`, theirs: [{ name: `${name}.bias`, shape: [width] }], transposed: false },
  ];
}

function table(ours: string, name: string, rows: number, width: number): WeightOrigin {
  return { ours, theirs: [{ name: `${name}.weight`, shape: [rows, width] }], transposed: false };
}

const decoder = 'cls.predictions.decoder';

function originsOf(options: BertOptions, prefix: string): WeightOrigin[] {
  const { vocabulary, contextLength, tokenTypes, width, depth, mlpWidth, pooler, maskedHead, tiedHead = true } = options;
  const embeddings = `${prefix}embeddings`;
  return [
    table('embed.token', `${embeddings}.word_embeddings`, vocabulary, width),
    table('embed.position', `${embeddings}.position_embeddings`, contextLength, width),
    table('embed.type', `${embeddings}.token_type_embeddings`, tokenTypes, width),
    ...norm('embed.norm', `${embeddings}.LayerNorm`, width),
    ...Array.from({ length: depth }, (_, index): WeightOrigin[] => {
      const [ours, theirs] = [`blocks.${index}`, `${prefix}encoder.layer.${index}`];
      const roles = ['query', 'key', 'value'].map((role) => `${theirs}.attention.self.${role}`);
      return [
        ...norm(`${ours}.norm1`, `${theirs}.attention.output.LayerNorm`, width),
        ...dense(`${ours}.attention.qkv`, roles, width, width),
        ...dense(`${ours}.attention.output`, [`${theirs}.attention.output.dense`], width, width),
        ...norm(`${ours}.norm2`, `${theirs}.output.LayerNorm`, width),
        ...dense(`${ours}.mlp.in`, [`${theirs}.intermediate.dense`], width, mlpWidth),
        ...dense(`${ours}.mlp.out`, [`${theirs}.output.dense`], mlpWidth, width),
      ];
    }).flat(),
    ...(pooler ? dense('pooler', [`${prefix}pooler.dense`], width, width) : []),
    ...(maskedHead
      ? [
          ...dense('head.transform', ['cls.predictions.transform.dense'], width, width),
          ...norm('head.norm', 'cls.predictions.transform.LayerNorm', width),
          ...(tiedHead ? [] : [{ ours: 'head.weight', theirs: [{ name: `${decoder}.weight`, shape: [vocabulary, width] }], transposed: true }]),
          { ours: 'head.bias', theirs: [{ name: 'cls.predictions.bias', shape: [vocabulary] }], transposed: false },
        ]
      : []),
  ];
}

/** Numbers of places, which old checkpoints keep beside the weights, and the head that tells whether two sentences follow each other. */
const isUnused = (name: string): boolean => /(^|\.)embeddings\.(position_ids|token_type_ids)$/.test(name) || name.startsWith('cls.seq_relationship.');

/** Old checkpoints call gain and shift of a norm as TensorFlow does. */
const renamed = (name: string): string => name.replace(/\.LayerNorm\.gamma$/, '.LayerNorm.weight').replace(/\.LayerNorm\.beta$/, '.LayerNorm.bias');

/** The bias of hidden tokens stands under one name or both. */
function withOneBias(tensors: ReadonlyMap<string, TensorData>): ReadonlyMap<string, TensorData> {
  const copy = tensors.get(`${decoder}.bias`);
  if (!copy) return tensors;
  const own = tensors.get('cls.predictions.bias') ?? copy;
  if (own.values.length !== copy.values.length || own.values.some((value, at) => value !== copy.values[at])) {
    throw new Error(`${decoder}.bias and cls.predictions.bias are one and the same, but they differ.`);
  }
  return new Map([...tensors].filter(([name]) => name !== `${decoder}.bias`)).set('cls.predictions.bias', own);
}

/** The tensors under the names of today, without those that aren't read. */
function inToday(tensors: ReadonlyMap<string, TensorData>): ReadonlyMap<string, TensorData> {
  return withOneBias(new Map([...tensors].filter(([name]) => !isUnused(name)).map(([name, data]) => [renamed(name), data])));
}

const prefixOf = (tensors: ReadonlyMap<string, TensorData>): string =>
  tensors.has('embeddings.word_embeddings.weight') || tensors.has('encoder.layer.0.attention.self.query.weight') ? '' : 'bert.';

/** Which of its heads a checkpoint of BERT holds. */
export function bertHeads(tensors: ReadonlyMap<string, TensorData>): Pick<BertOptions, 'pooler' | 'maskedHead'> {
  const names = [...tensors.keys()];
  return {
    pooler: names.some((name) => name.startsWith(`${prefixOf(tensors)}pooler.`)),
    maskedHead: names.some((name) => name.startsWith('cls.predictions.')),
  };
}

/**
 * Weights of BERT from the tensors of Hugging Face's `BertForMaskedLM` or `BertForPreTraining`, or of the bare `BertModel`,
 * whose names lack `bert.`. The head for following sentences is left out. The caller owns them.
 * @throws Error with all tensors that are missing, of another shape or not known
 */
export function readBert(tensors: ReadonlyMap<string, TensorData>, options: BertOptions): Params {
  const prefix = prefixOf(tensors);
  const named = inToday(tensors);
  const { maskedHead, tiedHead = true } = options;
  const single = maskedHead && tiedHead ? withoutTiedHead(named, `${decoder}.weight`, `${prefix}embeddings.word_embeddings.weight`) : named;
  return weightsFrom('this BERT', single, originsOf(options, prefix));
}

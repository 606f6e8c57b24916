import type { TensorData } from '../assets/index.ts';
import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { ClipOptions } from './clip.ts';
import type { ImageTextWeights } from './image-text-architecture.ts';
import { weightsFrom } from './weight-origins.ts';
import type { OriginPart, WeightOrigin } from './weight-origins.ts';

const asItIs = (ours: string, name: string, shape: readonly number[]): WeightOrigin => ({
  ours,
  theirs: [{ name, shape }],
  transposed: false,
});
const norm = (ours: string, name: string, width: number): WeightOrigin[] => [
  asItIs(`${ours}.gain`, `${name}.weight`, [width]),
  asItIs(`${ours}.shift`, `${name}.bias`, [width]),
];
const turned = (ours: string, names: readonly string[], from: number, to: number): WeightOrigin => ({
  ours,
  theirs: names.map((name): OriginPart => ({ name: `${name}.weight`, shape: [to, from] })),
  transposed: true,
});
const dense = (ours: string, names: readonly string[], from: number, to: number): WeightOrigin[] => [
  turned(`${ours}.weight`, names, from, to),
  { ours: `${ours}.bias`, theirs: names.map((name) => ({ name: `${name}.bias`, shape: [to] })), transposed: false },
];

function blocks(tower: string, { width, mlpWidth, depth }: { width: number; mlpWidth: number; depth: number }): WeightOrigin[] {
  return Array.from({ length: depth }, (_, index): WeightOrigin[] => {
    const [ours, theirs] = [`blocks.${index}`, `${tower}.encoder.layers.${index}`];
    return [
      ...norm(`${ours}.norm1`, `${theirs}.layer_norm1`, width),
      ...dense(`${ours}.attention.qkv`, ['q', 'k', 'v'].map((role) => `${theirs}.self_attn.${role}_proj`), width, width),
      ...dense(`${ours}.attention.output`, [`${theirs}.self_attn.out_proj`], width, width),
      ...norm(`${ours}.norm2`, `${theirs}.layer_norm2`, width),
      ...dense(`${ours}.mlp.in`, [`${theirs}.mlp.fc1`], width, mlpWidth),
      ...dense(`${ours}.mlp.out`, [`${theirs}.mlp.fc2`], mlpWidth, width),
    ];
  }).flat();
}

function imageOrigins({ image, embeddingWidth }: ClipOptions, patch: number): WeightOrigin[] {
  const { width, input } = image;
  const tower = 'vision_model';
  const tokens = (input.rows / patch) * (input.columns / patch) + 1;
  return [
    asItIs('embed.class', `${tower}.embeddings.class_embedding`, [width]),
    asItIs('embed.position', `${tower}.embeddings.position_embedding.weight`, [tokens, width]),
    asItIs('embed.projection.weight', `${tower}.embeddings.patch_embedding.weight`, [width, input.channels, patch, patch]),
    ...norm('embed.norm', `${tower}.pre_layrnorm`, width),
    ...blocks(tower, image),
    ...norm('norm', `${tower}.post_layernorm`, width),
    turned('projection.weight', ['visual_projection'], width, embeddingWidth),
  ];
}

function textOrigins({ text, embeddingWidth }: ClipOptions): WeightOrigin[] {
  const { width, vocabulary, contextLength } = text;
  const tower = 'text_model';
  return [
    asItIs('embed.token', `${tower}.embeddings.token_embedding.weight`, [vocabulary, width]),
    asItIs('embed.position', `${tower}.embeddings.position_embedding.weight`, [contextLength, width]),
    ...blocks(tower, text),
    ...norm('norm', `${tower}.final_layer_norm`, width),
    turned('projection.weight', ['text_projection'], width, embeddingWidth),
  ];
}

/** What their image tower keeps in another shape: the class token, the positions and the convolution over patches. */
const reshaped: Readonly<Record<string, (theirs: Tensor) => Tensor>> = {
  'embed.class': (theirs) => tf.reshape(theirs, [1, 1, -1]),
  'embed.position': (theirs) => tf.expandDims(theirs, 0),
  'embed.projection.weight': (theirs) => tf.reshape(tf.transpose(theirs, [2, 3, 1, 0]), [-1, theirs.shape[0] ?? 0]),
};

/** Numbers of places, which old checkpoints keep beside the weights. */
const isUnused = (name: string): boolean => /(^|\.)embeddings\.position_ids$/.test(name);
const scaleName = 'logit_scale';

/** The tensors that are read; the scale is a number, which some files keep as a row of one. */
function named(tensors: ReadonlyMap<string, TensorData>): ReadonlyMap<string, TensorData> {
  const kept = [...tensors].filter(([name]) => !isUnused(name));
  return new Map(kept.map(([name, data]) => [name, name === scaleName && data.shape.join() === '1' ? { ...data, shape: [] } : data]));
}

/**
 * Weights of CLIP from the tensors of Hugging Face's `CLIPModel`. The caller owns them.
 * @throws RangeError where the image tower doesn't cut patches or has no first layer norm; Error with all tensors that are
 * missing, of another shape or not known
 */
export function readClip(tensors: ReadonlyMap<string, TensorData>, options: ClipOptions): ImageTextWeights {
  const { tokeniser, normFirst = true } = options.image;
  if (tokeniser.as !== 'patches' || !normFirst) throw new RangeError('A CLIPModel cuts pictures into patches and has a layer norm before its first block.');
  const under = (tower: string, origins: WeightOrigin[]): WeightOrigin[] =>
    origins.map((origin) => ({ ...origin, ours: `${tower}.${origin.ours}` }));
  const read = weightsFrom('this CLIP', named(tensors), [
    ...under('image', imageOrigins(options, tokeniser.size)),
    ...under('text', textOrigins(options)),
    asItIs('logitScale', scaleName, []),
  ]);
  const part = (tower: string): [string, Tensor][] =>
    Object.entries(read).flatMap(([name, tensor]) => (name.startsWith(`${tower}.`) ? [[name.slice(tower.length + 1), tensor]] : []));
  const { logitScale } = read;
  if (!logitScale) throw new Error('The weights have no logit scale.');
  const image = part('image').map(([name, tensor]): [string, Tensor] => {
    const change = reshaped[name];
    if (!change) return [name, tensor];
    const changed = tf.tidy(() => change(tensor));
    tensor.dispose();
    return [name, changed];
  });
  return { image: Object.fromEntries(image), text: Object.fromEntries(part('text')), logitScale };
}

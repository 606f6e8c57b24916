import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { weight } from './weight.ts';

/** Names that only move: ours ← theirs, with `<l>` for the layer. */
const norms: readonly (readonly [ours: string, theirs: string])[] = [
  ['norm1', 'layernorm_before'],
  ['norm2', 'layernorm_after'],
];
const denses: readonly (readonly [ours: string, theirs: string])[] = [
  ['attention.output', 'attention.output.dense'],
  ['mlp.in', 'intermediate.dense'],
  ['mlp.out', 'output.dense'],
];

/**
 * Converts weights (or gradients) under the names of `ViTForImageClassification` to ours: linear layers (out, in) →
 * (in, out); query, key and value side by side in one matrix; the patch convolution (out, channel, row, column) → a
 * matrix over (row, column, channel). `depth` is the number of encoder layers. The caller owns the result.
 */
export function fromHuggingFaceVit(theirs: Params, depth: number): Params {
  const dense = (ours: string, name: string): [string, Tensor][] => [
    [`${ours}.weight`, tf.transpose(weight(theirs, `${name}.weight`))],
    [`${ours}.bias`, tf.clone(weight(theirs, `${name}.bias`))],
  ];
  const norm = (ours: string, name: string): [string, Tensor][] => [
    [`${ours}.gain`, tf.clone(weight(theirs, `${name}.weight`))],
    [`${ours}.shift`, tf.clone(weight(theirs, `${name}.bias`))],
  ];
  const joined = (layer: string, part: 'weight' | 'bias'): Tensor =>
    tf.tidy(() => {
      const parts = ['query', 'key', 'value'].map((role) => weight(theirs, `${layer}.attention.attention.${role}.${part}`));
      return part === 'bias' ? tf.concat(parts, 0) : tf.transpose(tf.concat(parts, 0));
    });
  const kernel = weight(theirs, 'vit.embeddings.patch_embeddings.projection.weight');
  const [width = 0, ...receptive] = kernel.shape;
  const inputs = receptive.reduce((product, n) => product * n, 1);
  return Object.fromEntries([
    ['embed.class', tf.clone(weight(theirs, 'vit.embeddings.cls_token'))],
    ['embed.position', tf.clone(weight(theirs, 'vit.embeddings.position_embeddings'))],
    ['embed.projection.weight', tf.tidy(() => tf.reshape(tf.transpose(kernel, [2, 3, 1, 0]), [inputs, width]))],
    ['embed.projection.bias', tf.clone(weight(theirs, 'vit.embeddings.patch_embeddings.projection.bias'))],
    ...Array.from({ length: depth }, (_, index): [string, Tensor][] => {
      const layer = `vit.encoder.layer.${index}`;
      return [
        ...norms.flatMap(([ours, name]) => norm(`blocks.${index}.${ours}`, `${layer}.${name}`)),
        [`blocks.${index}.attention.qkv.weight`, joined(layer, 'weight')],
        [`blocks.${index}.attention.qkv.bias`, joined(layer, 'bias')],
        ...denses.flatMap(([ours, name]) => dense(`blocks.${index}.${ours}`, `${layer}.${name}`)),
      ];
    }).flat(),
    ...norm('norm', 'vit.layernorm'),
    ...dense('head', 'classifier'),
  ]);
}

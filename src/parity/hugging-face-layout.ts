import { entry, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

/** Ours ← theirs, for the parts of a layer. */
const parts: Readonly<Record<string, string>> = {
  layernorm_before: 'norm1',
  layernorm_after: 'norm2',
  'attention.output.dense': 'attention.output',
  'intermediate.dense': 'mlp.in',
  'output.dense': 'mlp.out',
};
const roles = ['query', 'key', 'value'];

type Reader = (read: (ours: string) => Tensor, groups: readonly string[], patch: Patch) => Tensor;

/** Size of a patch and its channels, which the matrix of the patch projection no longer shows. */
export interface Patch {
  readonly size: number;
  readonly channels: number;
}

const normPart = (kind: string): string => (kind === 'weight' ? 'gain' : 'shift');
const turned = (kind: string, tensor: Tensor): Tensor => (kind === 'weight' ? tf.transpose(tensor) : tensor);

const readers: readonly (readonly [pattern: RegExp, reader: Reader])[] = [
  [/^vit\.embeddings\.cls_token$/, (read) => read('embed.class')],
  [/^vit\.embeddings\.position_embeddings$/, (read) => read('embed.position')],
  [
    /^vit\.embeddings\.patch_embeddings\.projection\.weight$/,
    (read, _, { size, channels }) =>
      tf.transpose(tf.reshape(read('embed.projection.weight'), [size, size, channels, -1]), [3, 2, 0, 1]),
  ],
  [/^vit\.embeddings\.patch_embeddings\.projection\.bias$/, (read) => read('embed.projection.bias')],
  [
    /^vit\.encoder\.layer\.(\d+)\.attention\.attention\.(query|key|value)\.(weight|bias)$/,
    (read, [layer = '', role = '', kind = '']) => {
      const joined = read(`blocks.${layer}.attention.qkv.${kind}`);
      return turned(kind, tf.split(joined, 3, -1)[roles.indexOf(role)] ?? joined);
    },
  ],
  [
    /^vit\.encoder\.layer\.(\d+)\.(layernorm_before|layernorm_after)\.(weight|bias)$/,
    (read, [layer = '', part = '', kind = '']) => read(`blocks.${layer}.${parts[part]}.${normPart(kind)}`),
  ],
  [
    /^vit\.encoder\.layer\.(\d+)\.(attention\.output\.dense|intermediate\.dense|output\.dense)\.(weight|bias)$/,
    (read, [layer = '', part = '', kind = '']) => turned(kind, read(`blocks.${layer}.${parts[part]}.${kind}`)),
  ],
  [/^vit\.layernorm\.(weight|bias)$/, (read, [kind = '']) => read(`norm.${normPart(kind)}`)],
];

/**
 * The tensor of our tree that stands under a name of `ViTForImageClassification`, in that library's layout: the inverse of
 * `fromHuggingFaceVit`, for all but the classifier. `prefix` stands before our names in the tree.
 */
export function inHuggingFaceLayout(tree: Params, name: string, patch: Patch, prefix = ''): Tensor {
  for (const [pattern, reader] of readers) {
    const match = pattern.exec(name);
    if (match) return reader((ours) => entry(tree, `${prefix}${ours}`), match.slice(1), patch);
  }
  throw new Error(`Nothing here stands for the stored parameter '${name}'.`);
}

import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';
import { hasKernel, runKernel, runKernelForAll } from './run-kernel.ts';

export interface AttentionOptions {
  readonly heads: number;
  /** Only the first so many tokens ask; all when left out. An exact saving where later ones are not read. */
  readonly queries?: number;
  /**
   * Keys and values attended to besides the tokens' own and before them, `[prompts, width]` or `[batch, prompts,
   * width]`.
   */
  readonly extra?: { readonly keys: Tensor; readonly values: Tensor };
}

/**
 * The core of multi-head self-attention (Vaswani et al. 2017): softmax(q·kᵀ/√(width/heads))·v per head.
 * `qkv` `[batch, tokens, 3·width]` holds queries, keys and values side by side, a head's columns together in each
 * → `[batch, queries, width]`.
 */
export function attention(qkv: Tensor, options: AttentionOptions): Tensor {
  const [, tokens = 0, columns = 0] = qkv.shape;
  const { heads, queries = tokens, extra } = options;
  const width = columns / 3;
  if (qkv.rank !== 3 || !Number.isInteger(width / heads)) {
    throw new Error(
      `attention: qkv must be [batch, tokens, 3·width] with a width that ${heads} heads divide, ` +
        `but it is [${qkv.shape}].`,
    );
  }
  if (!(queries >= 1 && queries <= tokens)) {
    throw new Error(`attention: queries must lie in 1…${tokens}, but it is ${queries}.`);
  }
  if (extra && (extra.keys.shape.at(-1) !== width || extra.values.shape.join() !== extra.keys.shape.join())) {
    throw new Error(
      `attention: extra keys and values must both be [prompts, ${width}] or [batch, prompts, ${width}], ` +
        `but they are [${extra.keys.shape}] and [${extra.values.shape}].`,
    );
  }
  if (!hasKernel('AtlasAttention') || qkv.size === 0) return plainAttention(qkv, options);
  const attributes = { heads, queries };
  const prompts = extra ?? {};
  return differentiable({
    inputs: { qkv, ...prompts },
    forward: (save) => {
      const [y, scores] = runKernelForAll('AtlasAttention', { qkv, ...prompts }, attributes);
      if (!y || !scores) throw new Error('The kernel AtlasAttention gave no result.');
      save(extra ? [qkv, scores, y, extra.keys, extra.values] : [qkv, scores, y]);
      return y;
    },
    gradients: (dy, saved) => {
      const [savedQkv = qkv, scores = dy, y = dy, keys = dy, values = dy] = saved;
      const own = { qkv: savedQkv, scores, dy };
      return {
        qkv: () => runKernel('AtlasAttentionGradient', extra ? { ...own, keys, values } : own, attributes),
        keys: () => runKernel('AtlasAttentionKeysGradient', { ...own, values, y }, attributes),
        values: () => runKernel('AtlasAttentionValuesGradient', { ...own, values }, attributes),
      };
    },
  });
}

/** The same, composed of tfjs's ops. */

export function plainAttention(qkv: Tensor, { heads, queries, extra }: AttentionOptions): Tensor {
  const [batch = 0, tokens = 0, columns = 0] = qkv.shape;
  const width = columns / 3;
  const size = width / heads;
  const asked = queries ?? tokens;
  const apart = (part: Tensor): Tensor => tf.transpose(part.reshape([batch, -1, heads, size]), [0, 2, 1, 3]);
  const slice = (index: number, rows: number): Tensor => tf.slice(qkv, [0, 0, index * width], [batch, rows, width]);
  const withExtra = (own: Tensor, more: Tensor | undefined): Tensor => {
    if (!more) return own;
    const shared = more.rank === 2 ? tf.tile(tf.expandDims(more, 0), [batch, 1, 1]) : more;
    return tf.concat([shared, own], 1);
  };
  const q = apart(slice(0, asked));
  const k = apart(withExtra(slice(1, tokens), extra?.keys));
  const v = apart(withExtra(slice(2, tokens), extra?.values));
  const scores = tf.softmax(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(size)));
  return tf.transpose(tf.matMul(scores, v), [0, 2, 1, 3]).reshape([batch, asked, width]);
}

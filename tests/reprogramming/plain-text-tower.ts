import type { FrozenImageTextModel } from '../../src/models/index.ts';
import { entry, tf } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';

/** A place of a text: a token, or a vector `[width]` that stands there. */
export type Place = number | Tensor;

export interface PlainText {
  readonly places: readonly Place[];
  /** States `[count, width]` that are written over those behind the start before a block; none where it gives none. */
  readonly overwrite?: (block: number) => Tensor | undefined;
}

const eps = 1e-5;

/**
 * CLIP's text tower for one text, step by step in tfjs's own ops and without shortcuts: all positions in every block, a mask in
 * the place of what a token doesn't look at. Read at the last place: the embedding `[embeddingWidth]`, not at unit length.
 */
export function plainTextTower({ architecture: { text }, weights: { text: weights } }: FrozenImageTextModel, { places, overwrite }: PlainText): Tensor {
  const { contextLength: length, width, heads, depth } = text.language;
  const headWidth = width / heads;
  const w = (name: string): Tensor => entry(weights, name);
  const dense = (x: Tensor, name: string): Tensor => tf.add(tf.matMul(x, w(`${name}.weight`)), w(`${name}.bias`));
  const norm = (x: Tensor, name: string): Tensor => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), eps))), w(`${name}.gain`)), w(`${name}.shift`));
  };
  const token = (id: number): Tensor => tf.gather(w('embed.token'), tf.tensor1d([id], 'int32'));
  const rows = places.map((place) => (typeof place === 'number' ? token(place) : tf.reshape(place, [1, width])));
  const padding = Array.from({ length: length - places.length }, () => token(0));
  const mask = tf.tensor2d(Array.from({ length: length * length }, (_, at) => (at % length > Math.floor(at / length) ? -1e9 : 0)), [length, length]);
  let state = tf.add(tf.concat([...rows, ...padding], 0), w('embed.position'));
  for (let block = 0; block < depth; block += 1) {
    const name = (part: string): string => `blocks.${block}.${part}`;
    const written = overwrite?.(block);
    if (written) {
      const next = 1 + (written.shape[0] ?? 0);
      state = tf.concat([tf.slice(state, [0, 0], [1, width]), written, tf.slice(state, [next, 0], [length - next, width])], 0);
    }
    const roles = tf.split(dense(norm(state, name('norm1')), name('attention.qkv')), 3, 1);
    const read = Array.from({ length: heads }, (_, head) => {
      const [q, k, v] = roles.map((role) => tf.slice(role, [0, head * headWidth], [length, headWidth]));
      if (!q || !k || !v) throw new Error('no projection');
      return tf.matMul(tf.softmax(tf.add(tf.div(tf.matMul(q, k, false, true), Math.sqrt(headWidth)), mask)), v);
    });
    state = tf.add(state, dense(tf.concat(read, 1), name('attention.output')));
    const inner = dense(norm(state, name('norm2')), name('mlp.in'));
    state = tf.add(state, dense(tf.mul(inner, tf.sigmoid(tf.mul(inner, 1.702))), name('mlp.out')));
  }
  const end = norm(tf.slice(state, [places.length - 1, 0], [1, width]), 'norm');
  return tf.reshape(tf.matMul(end, w('projection.weight')), [-1]);
}

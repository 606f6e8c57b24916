import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { TextTower } from './image-text-architecture.ts';
import type { CausalBlock, LanguageArchitecture } from './language-architecture.ts';
import { extendCache, forkCache } from './language-cache.ts';
import type { EmbeddedTexts } from './text-rows.ts';

/**
 * What happens to the states of the shared places `[rows, shared, width]` before a block, counted from 0; every row is
 * treated alike. Prompts in deeper layers stand there (MaPLe, arXiv 2210.03117).
 */
export type BeforeBlock = (block: number, shared: Tensor) => Tensor;

export interface ReadTextsOptions {
  /**
   * `shared` (when left out) reads what all texts begin with once and nothing behind the longest end: exact, since a token
   * looks at none behind it. `plain` reads every text by itself, with all positions that the tower has.
   */
  readonly road?: 'shared' | 'plain';
  readonly beforeBlock?: BeforeBlock;
}

/** The transformer with something done to its first places before every block. */
function changedBefore(language: LanguageArchitecture, places: number, change: BeforeBlock): LanguageArchitecture {
  const changed = (block: CausalBlock, index: number): CausalBlock => (weights, state, setting) => {
    const [rows = 0, length = 0, width = 0] = state.shape;
    const first = change(index, tf.slice(state, [0, 0, 0], [rows, places, width]));
    const rest = tf.slice(state, [0, places, 0], [rows, length - places, width]);
    return block(weights, length === places ? first : tf.concat([first, rest], 1), setting);
  };
  return { ...language, blocks: (tokens) => language.blocks(tokens).map(changed) };
}

/** Rows `[groups, …]`, each repeated so many times in its place. */
function repeated(rows: Tensor, times: number): Tensor {
  const [groups = 0, places = 0, width = 0] = rows.shape;
  return tf.reshape(tf.tile(tf.expandDims(rows, 1), [1, times, 1, 1]), [groups * times, places, width]);
}

/** Features of the end tokens, every text read by itself and padded to all positions. */
function readPlainly(language: LanguageArchitecture, weights: Params, { groups, shared, own, ends }: EmbeddedTexts): Tensor {
  const { contextLength } = language;
  const whole = shared ? tf.concat([repeated(shared, ends.length), own], 1) : own;
  const [rows = 0, length = 0] = whole.shape;
  const tokens = tf.pad(whole, [[0, 0], [0, contextLength - length], [0, 0]]);
  const front = length - (own.shape[1] ?? 0);
  const at = Int32Array.from({ length: rows }, (_, row) => row * contextLength + front + (ends[row % (rows / groups)] ?? 0));
  return extendCache(language, weights, { tokens }, undefined, at, 'features').logits;
}

/** Features of the end tokens, what is shared read once a group. */
function readSharing(language: LanguageArchitecture, changed: LanguageArchitecture, weights: Params, texts: EmbeddedTexts): Tensor {
  const { groups, shared, own, ends } = texts;
  const [, longest = 0] = own.shape;
  const at = Int32Array.from({ length: groups * ends.length }, (_, row) => row * longest + (ends[row % ends.length] ?? 0));
  if (!shared) return extendCache(language, weights, { tokens: own }, undefined, at, 'features').logits;
  const { cache } = extendCache(changed, weights, { tokens: shared }, undefined, 'last', 'features');
  const rows = Array.from({ length: groups * ends.length }, (_, row) => Math.floor(row / ends.length));
  return extendCache(language, weights, { tokens: own }, forkCache(cache, rows), at, 'features').logits;
}

/**
 * Embeddings of texts before they are brought to unit length, `[groups·texts, embeddingWidth]`, group by group. Gradients
 * pass through; the caller owns the result.
 */
export function textFeatures(
  { language, project }: TextTower,
  weights: Params,
  texts: EmbeddedTexts,
  { road = 'shared', beforeBlock }: ReadTextsOptions = {},
): Tensor {
  return tf.tidy(() => {
    const places = texts.shared?.shape[1] ?? 0;
    if (beforeBlock && places === 0) throw new RangeError('These texts begin with nothing in common that could be changed before a block.');
    const changed = beforeBlock ? changedBefore(language, places, beforeBlock) : language;
    const features = road === 'plain' ? readPlainly(changed, weights, texts) : readSharing(language, changed, weights, texts);
    return project(weights, features);
  });
}

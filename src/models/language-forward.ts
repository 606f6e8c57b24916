import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { BlockMemory, LanguageArchitecture } from './language-architecture.ts';
import type { LanguageCache } from './language-cache.ts';
import { lastVisiblePlaces, placeTokens } from './token-places.ts';
import type { Positions, TokenPlaces } from './token-places.ts';
import type { Attended, State } from './types.ts';

/** What a causal language model reads. */
export interface LanguageInput {
  /** Token ids, int32 `[batch, length]`, or embeddings `[batch, length, width]`, so that soft prompts can stand among them. */
  readonly tokens: Tensor;
  /** `[batch, length]`, 0 for padding, which may stand on either side; all tokens are visible when left out. */
  readonly mask?: Tensor;
  /** `visible` when left out. */
  readonly positions?: Positions;
  /** The position that counting begins with; 0 when left out. After a cache counting goes on. */
  readonly firstPosition?: number;
  /** For each block: what it attends to besides the tokens and before them. With the first tokens only. */
  readonly extra?: readonly (readonly Attended[])[];
}

/**
 * Which logits: `all` of them `[batch, length, vocabulary]`; those of the `last` visible token of each row
 * `[batch, vocabulary]`; or those of some tokens, each given as row·length + place, `[chosen, vocabulary]`.
 */
export type LogitsAt = 'all' | 'last' | Int32Array;

/** The state behind the last block, and what each block remembers. */
export interface ReadTokens {
  readonly state: State;
  readonly memories: readonly BlockMemory[];
  readonly places: TokenPlaces;
}

/**
 * Reads tokens, after what a cache holds. Everything made belongs to the scope of the caller.
 * @throws RangeError when shapes, positions or ids don't fit the model
 */
export function readTokens(
  architecture: LanguageArchitecture,
  weights: Params,
  { tokens, mask, positions, firstPosition, extra }: LanguageInput,
  cache?: LanguageCache,
): ReadTokens {
  const { width, depth } = architecture;
  const embeddings = tokens.rank === 2 ? architecture.embed(weights, tokens) : tokens;
  const [batch = 0, length = 0] = embeddings.shape;
  if (embeddings.rank !== 3 || embeddings.shape[2] !== width || length === 0) {
    throw new RangeError(
      `A language model of width ${width} reads ids [batch, length] or embeddings [batch, length, ${width}], ` +
        `but was given [${tokens.shape}].`,
    );
  }
  if (extra && extra.length !== depth) {
    throw new RangeError(`Extra keys and values are given for ${extra.length} blocks, but the model has ${depth}.`);
  }
  const places = placeTokens({
    batch,
    length,
    ...(mask ? { mask } : {}),
    ...(positions ? { positions } : {}),
    ...(firstPosition === undefined ? {} : { firstPosition }),
    ...(cache ? { past: cache.past } : {}),
  });
  const memories: BlockMemory[] = [];
  let state = architecture.enter(weights, embeddings, places);
  architecture.blocks(places).forEach((block, index) => {
    const past = cache?.memories[index];
    const more = extra?.[index];
    const done = block(weights, state, { ...(past ? { past } : {}), ...(more ? { extra: more } : {}) });
    state = done.state;
    memories.push(done.memory);
  });
  return { state, memories, places };
}

/** What the head makes of what was read, or what the head takes: features, `[…, width]` instead of `[…, vocabulary]`. */
export type Reads = 'logits' | 'features';

/** Logits or features of what was read; only chosen tokens go through the final norm and the head. */
export function outputsAt(
  architecture: LanguageArchitecture,
  weights: Params,
  { state, places }: ReadTokens,
  at: LogitsAt,
  reads: Reads = 'logits',
): Tensor {
  const chosen = (rows: Int32Array): Tensor => tf.gather(tf.reshape(state, [-1, architecture.width]), tf.tensor1d(rows, 'int32'));
  const last = (): Int32Array => lastVisiblePlaces(places).map((place, row) => row * places.length + place);
  const features = architecture.features(weights, at === 'all' ? state : chosen(at === 'last' ? last() : at));
  return reads === 'features' ? features : architecture.classify(weights, features);
}

/**
 * Logits of a causal language model for what it reads; gradients pass through.
 * @throws RangeError when shapes, positions or ids don't fit the model
 */
export function languageLogits(
  architecture: LanguageArchitecture,
  weights: Params,
  input: LanguageInput,
  at: LogitsAt = 'all',
): Tensor {
  return tf.tidy(() => outputsAt(architecture, weights, readTokens(architecture, weights, input), at));
}

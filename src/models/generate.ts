import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { LanguageArchitecture } from './language-architecture.ts';
import { disposeCache, extendCache } from './language-cache.ts';
import type { LanguageCache } from './language-cache.ts';
import { languageLogits } from './language-forward.ts';
import type { LanguageInput } from './language-forward.ts';

/** What is continued; positions are counted. */
export type Prompt = Omit<LanguageInput, 'positions'> & { readonly positions?: 'visible' | 'places' };

export interface Generation {
  /** At most so many tokens a row. */
  readonly newTokens: number;
  /** The token that ends a row; it isn't returned. Rows are as long as `newTokens` without one. */
  readonly end?: number;
  /** Logits `[batch, vocabulary]` → the next token of each row; {@link greedy} when left out. */
  readonly choose?: (logits: Tensor) => ArrayLike<number>;
  /** Sees the logits that each token is chosen from; they are freed afterwards. */
  readonly observe?: (step: number, logits: Tensor) => void;
  /** `false` reads everything again for each token: the same tokens, for comparison. */
  readonly cached?: boolean;
}

/** The token with the largest logit, the first of those with equal ones. */
export function greedy(logits: Tensor): Int32Array {
  const [batch = 0, vocabulary = 0] = logits.shape;
  const values = logits.dataSync();
  return Int32Array.from({ length: batch }, (_, row) => {
    let best = 0;
    for (let token = 1; token < vocabulary; token += 1) {
      if ((values[row * vocabulary + token] ?? -Infinity) > (values[row * vocabulary + best] ?? -Infinity)) best = token;
    }
    return best;
  });
}

/** What gives the logits of the next token, after the prompt and then after each new token. */
interface Reader {
  readonly next: (tokens: Int32Array | null) => Tensor;
  readonly dispose: () => void;
}

function cachedReader(architecture: LanguageArchitecture, weights: Params, prompt: Prompt): Reader {
  let cache: LanguageCache | undefined;
  return {
    next: (tokens) => {
      const before = cache;
      const ids = tokens && tf.tensor2d(tokens, [tokens.length, 1], 'int32');
      const follow = ids && { tokens: ids, ...(prompt.positions ? { positions: prompt.positions } : {}) };
      const done = extendCache(architecture, weights, follow ?? prompt, before);
      if (before) disposeCache(before);
      ids?.dispose();
      cache = done.cache;
      return done.logits;
    },
    dispose: () => cache && disposeCache(cache),
  };
}

function plainReader(architecture: LanguageArchitecture, weights: Params, prompt: Prompt): Reader {
  const { tokens: first, mask } = prompt;
  const [batch = 0] = first.shape;
  const columns: Int32Array[] = [];
  /** The prompt and the new tokens behind it, as ids or as embeddings. */
  const whole = (): LanguageInput => {
    const ids = columns.map((column) => tf.tensor2d(column, [batch, 1], 'int32'));
    const asGiven = first.rank === 2 ? ids : ids.map((column) => architecture.embed(weights, column));
    const visible = mask && [mask, tf.ones([batch, columns.length], mask.dtype)];
    return {
      ...prompt,
      tokens: tf.concat([first, ...asGiven], 1),
      ...(visible && columns.length > 0 ? { mask: tf.concat(visible, 1) } : {}),
    };
  };
  return {
    next: (tokens) => {
      if (tokens) columns.push(tokens);
      return tf.tidy(() => languageLogits(architecture, weights, whole(), 'last'));
    },
    dispose: () => undefined,
  };
}

/**
 * Continues each row of a prompt, one token at a time: the new tokens of each row. The prompt is read once and each token
 * once, by a cache of keys and values.
 * @throws RangeError when shapes, positions or ids don't fit the model
 */
export function generate(
  architecture: LanguageArchitecture,
  weights: Params,
  prompt: Prompt,
  generation: Generation,
): number[][] {
  const { newTokens, end, choose = greedy, observe, cached = true } = generation;
  const [batch = 0] = prompt.tokens.shape;
  const rows = Array.from({ length: batch }, (): number[] => []);
  const ended = new Array<boolean>(batch).fill(false);
  const reader = (cached ? cachedReader : plainReader)(architecture, weights, prompt);
  try {
    let last: Int32Array | null = null;
    for (let step = 0; step < newTokens && ended.includes(false); step += 1) {
      const logits = reader.next(last);
      observe?.(step, logits);
      const chosen = Int32Array.from(choose(logits));
      logits.dispose();
      rows.forEach((row, index) => {
        const token = chosen[index];
        if (token === undefined) throw new RangeError(`${chosen.length} tokens were chosen for ${batch} rows.`);
        if (token === end) ended[index] = true;
        if (!ended[index]) row.push(token);
      });
      last = chosen;
    }
  } finally {
    reader.dispose();
  }
  return rows;
}

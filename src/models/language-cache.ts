import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { BlockMemory, LanguageArchitecture } from './language-architecture.ts';
import { outputsAt, readTokens } from './language-forward.ts';
import type { LanguageInput, LogitsAt, Reads } from './language-forward.ts';
import { asPast } from './token-places.ts';
import type { PastPlaces } from './token-places.ts';

/**
 * Keys and values of what was read, so that what follows need not read it again. Nothing changes it: extending makes another
 * one, so one cache can have many continuations. The caller owns it ({@link disposeCache}).
 */
export interface LanguageCache {
  readonly memories: readonly BlockMemory[];
  readonly past: PastPlaces;
}

const tensorsOf = ({ keys, values, lastKey }: BlockMemory): Tensor[] => (lastKey ? [keys, values, lastKey] : [keys, values]);

/**
 * Logits (or, as `logits`, the features) of tokens that follow what `cache` holds, or of the first ones without a cache; and the cache of both together. The
 * caller owns what is returned and keeps `cache`. Gradients pass through, from one to the next as well: a prompt that is the
 * same for all rows can be read once and forked.
 * @throws RangeError when shapes, positions, ids or rows don't fit the model or the cache
 */
export function extendCache(
  architecture: LanguageArchitecture,
  weights: Params,
  input: LanguageInput,
  cache?: LanguageCache,
  at: LogitsAt = 'last',
  reads: Reads = 'logits',
): { readonly logits: Tensor; readonly cache: LanguageCache } {
  const made: LanguageCache[] = [];
  const [logits] = tf.tidy(() => {
    const read = readTokens(architecture, weights, input, cache);
    made.push({ memories: read.memories, past: asPast(read.places) });
    return [outputsAt(architecture, weights, read, at, reads), ...read.memories.flatMap(tensorsOf)];
  });
  const [extended] = made;
  if (!logits || !extended) throw new Error('A language model gave no logits.');
  return { logits, cache: extended };
}

/** The visible places of some rows. */
function visibleRows({ places, visible }: PastPlaces, rows: readonly number[]): Uint8Array | null {
  if (!visible) return null;
  const picked = new Uint8Array(rows.length * places);
  rows.forEach((row, index) => picked.set(visible.subarray(row * places, (row + 1) * places), index * places));
  return picked;
}

/**
 * A cache whose row i continues row `rows[i]` of `cache`: `[0, 0, 0]` prepares three continuations of the first row. The
 * caller owns it and keeps `cache`.
 * @throws RangeError for a row that the cache doesn't have
 */
export function forkCache({ memories, past }: LanguageCache, rows: readonly number[]): LanguageCache {
  const count = past.next.length;
  const foreign = rows.find((row) => !(Number.isInteger(row) && row >= 0 && row < count));
  if (foreign !== undefined) throw new RangeError(`The cache has rows 0 to ${count - 1}, no row ${foreign}.`);
  const picked = tf.tensor1d([...rows], 'int32');
  // one row repeated: the same bits as picking it, and in fewer steps
  const repeated = count === 1 && rows.length > 0;
  const fork = (tensor: Tensor): Tensor => (repeated ? tf.tile(tensor, [rows.length, 1, 1, 1]) : tf.gather(tensor, picked));
  const forked = memories.map(
    ({ keys, values, lastKey }): BlockMemory => ({
      keys: fork(keys),
      values: fork(values),
      ...(lastKey ? { lastKey: fork(lastKey) } : {}),
    }),
  );
  picked.dispose();
  return {
    memories: forked,
    past: {
      places: past.places,
      visible: visibleRows(past, rows),
      next: Int32Array.from(rows, (row) => past.next[row] ?? 0),
    },
  };
}

/** Frees what a cache holds. */
export function disposeCache({ memories }: LanguageCache): void {
  for (const memory of memories) tf.dispose(tensorsOf(memory));
}

import { disposeCache, extendCache, forkCache } from '../../models/index.ts';
import type { LanguageArchitecture, LanguageCache, LanguageInput, LogitsAt, Reads } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Begun } from './types.ts';

/** Token ids of some rows, one array each; they may be of different lengths. */
export type Rows = readonly (readonly number[])[];

/** The rows as int32 `[rows, longest]`, and the mask of their padding, which stands behind; `null` without any. */
function padded(rows: Rows): { readonly ids: Tensor; readonly mask: Tensor | null } {
  const longest = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const [ids, mask] = [new Int32Array(rows.length * longest), new Int32Array(rows.length * longest)];
  rows.forEach((row, index) => {
    ids.set(row, index * longest);
    mask.fill(1, index * longest, index * longest + row.length);
  });
  const shape: [number, number] = [rows.length, longest];
  return { ids: tf.tensor2d(ids, shape, 'int32'), mask: mask.includes(0) ? tf.tensor2d(mask, shape, 'int32') : null };
}

/** Where a place of a row stands when all rows are laid out behind each other, padded to the longest. */
export function placesOf(rows: Rows, chosen: readonly { readonly row: number; readonly place: number }[]): Int32Array {
  const longest = rows.reduce((most, { length }) => Math.max(most, length), 0);
  return Int32Array.from(chosen, ({ row, place }) => row * longest + place);
}

/** How many places extra keys and values take up; states among them have none. */
function placesBefore(extra: Begun['extra']): number {
  const sources = extra?.[0] ?? [];
  return sources.reduce((sum, source) => sum + ('keys' in source ? (source.keys.shape.at(-2) ?? 0) : 0), 0);
}

/** Extra keys and values for the first tokens, which are counted from behind them. */
export const extraInput = (extra: Begun['extra']): Pick<LanguageInput, 'extra' | 'firstPosition'> =>
  extra ? { extra, firstPosition: placesBefore(extra) } : {};

/** What is read, and where it is read from. */
export interface Reader {
  readonly architecture: LanguageArchitecture;
  readonly begun: Begun;
  readonly reads?: Reads;
}

/**
 * Reads rows of tokens behind what stands in front of every text, or behind a cache of so many rows: what is asked for `at`
 * some places, and the cache of all. The caller owns both and keeps `cache`. Gradients pass through.
 * @throws RangeError when a row is longer than the model's context, or an id lies outside its vocabulary
 */
export function readText(
  { architecture, begun, reads = 'logits' }: Reader,
  rows: Rows,
  at: LogitsAt,
  cache?: LanguageCache,
): { readonly outputs: Tensor; readonly cache: LanguageCache } {
  const { weights, front, unread, extra } = begun;
  const before = placesBefore(extra) + (unread?.shape[0] ?? 0);
  checkRows(architecture, rows, (row) => cache?.past.next[row] ?? front?.past.next[0] ?? before);
  const { ids, mask } = padded(rows);
  const positions = 'visible';
  const finish = (read: { logits: Tensor; cache: LanguageCache }): { outputs: Tensor; cache: LanguageCache } => {
    tf.dispose(mask ? [ids, mask] : [ids]);
    return { outputs: read.logits, cache: read.cache };
  };
  const masked = mask ? { mask } : {};
  if (cache) return finish(extendCache(architecture, weights, { tokens: ids, ...masked, positions }, cache, at, reads));
  if (front) {
    const forked = forkCache(front, rows.map(() => 0));
    const read = extendCache(architecture, weights, { tokens: ids, ...masked, positions }, forked, at, reads);
    disposeCache(forked);
    return finish(read);
  }
  if (unread) return finish(readWithVectors({ architecture, begun, reads }, unread, { ids, mask }, at));
  const input = { tokens: ids, ...masked, positions, ...extraInput(extra) } as const;
  return finish(extendCache(architecture, weights, input, undefined, at, reads));
}

/** The plain path of vectors in front: they stand among the embeddings of every row. */
function readWithVectors(
  { architecture, begun: { weights, extra }, reads }: Reader,
  vectors: Tensor,
  { ids, mask }: { readonly ids: Tensor; readonly mask: Tensor | null },
  at: LogitsAt,
): { logits: Tensor; cache: LanguageCache } {
  const [count = 0] = vectors.shape;
  const [batch = 0, length = 0] = ids.shape;
  const tokens = tf.tidy(() => tf.concat([tf.tile(tf.expandDims(vectors, 0), [batch, 1, 1]), architecture.embed(weights, ids)], 1));
  const visible = mask && tf.tidy(() => tf.concat([tf.ones([batch, count], 'int32'), mask], 1));
  const whole = visible ? { mask: visible } : {};
  const behind = (place: number): number => Math.floor(place / length) * (length + count) + count + (place % length);
  const asked = typeof at === 'string' ? at : at.map(behind);
  const read = extendCache(architecture, weights, { tokens, ...whole, positions: 'visible', ...extraInput(extra) }, undefined, asked, reads);
  tf.dispose(visible ? [tokens, visible] : [tokens]);
  return read;
}

/** `before` is the position that a row goes on from. */
function checkRows({ contextLength, vocabulary }: LanguageArchitecture, rows: Rows, before: (row: number) => number): void {
  rows.forEach((row, index) => {
    const whole = row.length + before(index);
    if (whole > contextLength) {
      throw new RangeError(
        `Text ${index + 1} has ${whole} tokens; the model's context holds ${contextLength}, so ask with fewer or shorter demonstrations.`,
      );
    }
    const foreign = row.find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabulary));
    if (foreign !== undefined) {
      throw new RangeError(`Text ${index + 1} holds the token ${foreign}; the model's vocabulary goes from 0 to ${vocabulary - 1}.`);
    }
  });
}

/** Frees what was begun outside a tidy scope; weights that are the model's own stay. */
export function disposeBegun({ weights, front, unread, extra }: Begun, frozen: Begun['weights']): void {
  if (front) disposeCache(front);
  const kept = new Set(Object.values(frozen));
  tf.dispose(Object.values(weights).filter((tensor) => !kept.has(tensor)));
  if (unread) tf.dispose(unread);
  for (const attended of extra?.flat() ?? []) tf.dispose('states' in attended ? [attended.states] : [attended.keys, attended.values]);
}

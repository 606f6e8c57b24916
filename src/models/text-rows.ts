import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { TextTower } from './image-text-architecture.ts';

/** One place of a text: a token's id, or the number of a vector that stands there instead, learned for example. */
export type TextPlace = number | { readonly vector: number };

/** A text from its first place to the one where it is read. */
export type TextRow = readonly TextPlace[];

const isSame = (a: TextPlace | undefined, b: TextPlace | undefined): boolean =>
  typeof a === 'object' && typeof b === 'object' ? a.vector === b.vector : a === b;

/** How many places all texts begin with alike; at least the last one of each text is its own. A single text shares none. */
export function sharedPlaces(rows: readonly TextRow[]): number {
  const [first, ...others] = rows;
  if (!first || others.length === 0) return 0;
  const most = Math.min(...rows.map((row) => row.length)) - 1;
  for (let place = 0; place < most; place += 1) {
    if (!others.every((row) => isSame(row[place], first[place]))) return place;
  }
  return Math.max(0, most);
}

/** How many token positions each layer of a text tower computes for some texts. */
export interface TextPositions {
  /** Every text on its own, with all positions that the tower has. */
  readonly plain: number;
  /** What all begin with once, and the others up to the longest end. */
  readonly shared: number;
}

/**
 * Token positions with and without sharing and cutting, once for each of `groups` sets of vectors: for 100 classes behind 16
 * vectors, with names of at most 4 tokens and a full stop, 7,700 and 617.
 */
export function textPositions({ language }: TextTower, rows: readonly TextRow[], groups = 1): TextPositions {
  const shared = sharedPlaces(rows);
  const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return {
    plain: groups * rows.length * language.contextLength,
    shared: groups * (shared + rows.length * (longest - shared)),
  };
}

/** Texts as embeddings: what all of a group begin with, and what each has on its own. */
export interface EmbeddedTexts {
  readonly groups: number;
  /** `[groups, shared, width]`; `null` where nothing is shared. */
  readonly shared: Tensor | null;
  /** `[groups·texts, longest, width]`, group by group; what stands behind the end of a text means nothing. */
  readonly own: Tensor;
  /** Where each text is read, counted in its own places, `[texts]`. */
  readonly ends: readonly number[];
}

function checkRows({ language }: TextTower, rows: readonly TextRow[], vectors: Tensor | null): void {
  if (rows.length === 0) throw new RangeError('There is no text to read.');
  const { contextLength, width } = language;
  const most = vectors?.shape.at(-2) ?? 0;
  if (vectors && ((vectors.rank !== 2 && vectors.rank !== 3) || vectors.shape.at(-1) !== width)) {
    throw new RangeError(`Vectors among tokens must be [vectors, ${width}] or [groups, vectors, ${width}], but they are [${vectors.shape}].`);
  }
  rows.forEach((row, index) => {
    if (row.length === 0 || row.length > contextLength) {
      throw new RangeError(`Text ${index} has ${row.length} tokens, and the text tower reads 1 to ${contextLength}.`);
    }
    const foreign = row.find((place) => typeof place === 'object' && !(place.vector >= 0 && place.vector < most));
    if (typeof foreign === 'object') throw new RangeError(`Text ${index} names vector ${foreign.vector}, and there are ${most}.`);
  });
}

/**
 * Embeds texts, each with `vectors` (`[vectors, width]`, or `[groups, vectors, width]` for the same texts with several sets
 * of them) where its places name them. What all begin with is kept apart, so that it can be read once. Gradients pass
 * through to the vectors; the tensors belong to the scope of the caller.
 * @throws RangeError where a text is empty or too long for the tower, or names a token or a vector that there isn't
 */
export function embedTexts(tower: TextTower, weights: Params, rows: readonly TextRow[], vectors: Tensor | null = null): EmbeddedTexts {
  checkRows(tower, rows, vectors);
  const { language, end } = tower;
  const { width } = language;
  const groups = vectors?.rank === 3 ? (vectors.shape[0] ?? 1) : 1;
  const count = vectors?.shape.at(-2) ?? 0;
  const ids = [...new Set([end, ...rows.flat().filter((place) => typeof place === 'number')])];
  const indexOf = new Map(ids.map((id, index) => [id, count + index]));
  const tokens = language.embed(weights, tf.tensor2d(ids, [1, ids.length], 'int32'));
  const inEachGroup = groups === 1 ? tokens : tf.tile(tokens, [groups, 1, 1]);
  const table = vectors ? tf.concat([tf.reshape(vectors, [groups, count, width]), inEachGroup], 1) : inEachGroup;
  const pick = (places: readonly TextPlace[]): Tensor => {
    const picked = tf.tensor1d(places.map((place) => (typeof place === 'object' ? place.vector : (indexOf.get(place) ?? 0))), 'int32');
    return groups === 1 ? tf.gather(tf.reshape(table, [-1, width]), picked) : tf.gather(table, picked, 1);
  };
  const shared = sharedPlaces(rows);
  const longest = rows.reduce((most, row) => Math.max(most, row.length), 0) - shared;
  const own = rows.flatMap((row) => Array.from({ length: longest }, (_, place) => row[shared + place] ?? end));
  return {
    groups,
    shared: shared === 0 ? null : tf.reshape(pick((rows[0] ?? []).slice(0, shared)), [groups, shared, width]),
    own: tf.reshape(pick(own), [groups * rows.length, longest, width]),
    ends: rows.map((row) => row.length - shared - 1),
  };
}

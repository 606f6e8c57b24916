import { dimensions } from '../taxonomy/index.ts';
import type { TaxonomyClass } from '../taxonomy/index.ts';
import { statedClass } from './entry.ts';
import type { MethodEntry } from './entry.ts';
import { askedDimensions } from './questions.ts';

/** What is known of a method that somebody is about to describe. */
export interface Sketch {
  readonly class?: TaxonomyClass | undefined;
  readonly modalities?: readonly string[];
  /** Its name, title and summary in one text. */
  readonly words: string;
}

/** An entry that may be the same method, and how it differs. */
export interface SimilarEntry {
  readonly entry: MethodEntry;
  /** From 0 (nothing in common) to 1 (same class, modality and words). */
  readonly likeness: number;
  /** The dimensions in which the two differ. */
  readonly differs: readonly (keyof TaxonomyClass)[];
}

/** Words by number, rising and without repeats, so that two texts are compared in one pass. */
type WordNumbers = readonly number[];

/** What of an entry is compared, in a form that is quick to compare. */
interface Features {
  /** For each asked dimension a bit for each value; undefined where there is no class. */
  readonly values: readonly number[] | undefined;
  readonly modalities: WordNumbers;
  readonly words: WordNumbers;
}

const stopWords = new Set(
  'a an and are as at be by for from in into is it its of on or that the their them this to what where which with without model models frozen prompt prompts prompting learning task tasks'.split(' '),
);
const vocabulary = new Map<string, number>();

function numbersOf(words: Iterable<string>): WordNumbers {
  const numbers = new Set<number>();
  for (const word of words) {
    const known = vocabulary.get(word) ?? vocabulary.size;
    vocabulary.set(word, known);
    numbers.add(known);
  }
  return [...numbers].toSorted((a, b) => a - b);
}

function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 1 && !stopWords.has(word));
}

function featuresOf({ class: of, modalities = [], words }: Sketch): Features {
  const values = of && askedDimensions.map((name) => {
    const own: readonly string[] = of[name];
    return Object.keys(dimensions[name].values).reduce((bits, value, i) => bits | (own.includes(value) ? 1 << i : 0), 0);
  });
  return { values, modalities: numbersOf(modalities), words: numbersOf(wordsOf(words)) };
}

const known = new WeakMap<MethodEntry, Features>();

/** The features of an entry, read once. */
function featuresOfEntry(entry: MethodEntry): Features {
  const read =
    known.get(entry) ??
    featuresOf({
      class: statedClass(entry),
      modalities: entry.modalities,
      words: [entry.name, entry.title, entry.summary, ...(entry.aliases ?? [])].join(' '),
    });
  known.set(entry, read);
  return read;
}

const bitCounts: readonly number[] = Array.from({ length: 16 }, (_, bits) => [1, 2, 4, 8].filter((bit) => bits & bit).length);
const bitsIn = (bits: number): number => bitCounts[bits] ?? 0;

/** Size of the intersection over size of the union, of sets given as bits; 1 for two empty sets. */
function overlapOfBits(a: number, b: number): number {
  return (a | b) === 0 ? 1 : bitsIn(a & b) / bitsIn(a | b);
}

/** The same for rising numbers. */
function overlap(a: WordNumbers, b: WordNumbers): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  const union = a.length + b.length - shared;
  return union === 0 ? 1 : shared / union;
}

/** How alike two are in one of the asked dimensions. */
function shareOf(a: Features, b: Features, dimension: number): number {
  return overlapOfBits(a.values?.[dimension] ?? 0, b.values?.[dimension] ?? 0);
}

function likenessOf(a: Features, b: Features): number {
  let sameClass = 0;
  for (let i = 0; i < askedDimensions.length; i += 1) sameClass += shareOf(a, b, i) / askedDimensions.length;
  return sameClass / 2 + overlap(a.modalities, b.modalities) / 6 + overlap(a.words, b.words) / 3;
}

interface Scored {
  readonly entry: MethodEntry;
  readonly likeness: number;
}

const isBefore = (a: Scored, b: Scored): boolean => a.likeness > b.likeness || (a.likeness === b.likeness && a.entry.id < b.entry.id);

/**
 * The entries most like a sketch, the likest first: half by the four dimensions, a sixth by modality, a third by words.
 * The sixth and the third use the overlap of sets; words that stand in every entry don't count.
 */
export function similarEntries(sketch: Sketch, entries: readonly MethodEntry[], count = 3): readonly SimilarEntry[] {
  const own = featuresOf(sketch);
  const best: Scored[] = [];
  for (const entry of entries) {
    const scored = { entry, likeness: likenessOf(own, featuresOfEntry(entry)) };
    const last = best.at(-1);
    if (last && best.length >= count && !isBefore(scored, last)) continue;
    let at = best.length;
    for (let before = best[at - 1]; before && isBefore(scored, before); before = best[at - 1]) at -= 1;
    best.splice(at, 0, scored);
    if (best.length > count) best.pop();
  }
  return best.map(({ entry, likeness }) => {
    const other = featuresOfEntry(entry);
    return { entry, likeness, differs: askedDimensions.filter((_, i) => shareOf(own, other, i) < 1) };
  });
}

import { editDistance } from './nearest.ts';

/** Words that may stand somewhere, made for being asked often. */
export interface Lexicon {
  readonly has: (word: string) => boolean;
  /** The word most like `found`, or undefined where nothing is close enough to be meant; as `nearest` gives it. */
  readonly nearest: (found: string) => string | undefined;
}

const buckets = 32;

/** How often letters stand in a word, by a part of their codes. */
function signatureOf(word: string): Uint16Array {
  const counts = new Uint16Array(buckets);
  for (let i = 0; i < word.length; i += 1) {
    const bucket = word.charCodeAt(i) % buckets;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

/** A lower bound of the edit distance: letters that one of two words has and the other lacks. */
function leastDistance(a: Uint16Array, b: Uint16Array): number {
  let [more, less] = [0, 0];
  for (let i = 0; i < buckets; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference > 0) more += difference;
    else less -= difference;
  }
  return Math.max(more, less);
}

interface Candidate {
  readonly word: string;
  readonly lower: string;
  readonly signature: Uint16Array;
}

/** The first of the nearest words; those that can't be nearer than one that is found already are not compared. */
function search(found: string, words: readonly Candidate[]): string | undefined {
  const wanted = found.toLowerCase().trim();
  const signature = signatureOf(wanted);
  const limit = Math.max(2, Math.floor(wanted.length * 0.5));
  const byBound: number[][] = [];
  for (const [i, candidate] of words.entries()) {
    const isStart = wanted.length > 2 && candidate.lower.startsWith(wanted);
    const bound = isStart ? 1 : leastDistance(signature, candidate.signature);
    if (bound <= limit) (byBound[bound] ??= []).push(i);
  }
  let best: { readonly at: number; readonly distance: number } | undefined;
  for (let bound = 0; bound <= Math.min(limit, best?.distance ?? limit); bound += 1) {
    for (const at of byBound[bound] ?? []) {
      const lower = words[at]?.lower ?? '';
      const distance = wanted.length > 2 && lower.startsWith(wanted) ? 1 : editDistance(wanted, lower);
      const isBetter = !best || distance < best.distance || (distance === best.distance && at < best.at);
      if (distance <= limit && isBetter) best = { at, distance };
    }
  }
  return best && words[best.at]?.word;
}

/** A lexicon of these words; each counts once. */
export function lexiconOf(words: Iterable<string>): Lexicon {
  const set = new Set(words);
  const answers = new Map<string, string | undefined>();
  let candidates: readonly Candidate[] | undefined;
  return {
    has: (word) => set.has(word),
    nearest: (found) => {
      candidates ??= [...set].map((word) => ({ word, lower: word.toLowerCase(), signature: signatureOf(word.toLowerCase()) }));
      if (!answers.has(found)) answers.set(found, search(found, candidates));
      return answers.get(found);
    },
  };
}

import { mergePairs } from './merge-pairs.ts';
import type { Merge } from './merge-pairs.ts';
import { TokenizerError } from './tokenizer-error.ts';
import { quoted } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Turns one word, as the splitter gives it, into token ids. */
export type WordModel = (word: string) => readonly number[];

export interface BytePairOptions {
  readonly vocabulary: Vocabulary;
  /** The merges, by {@link pairKey} of the two ids. */
  readonly merges: ReadonlyMap<number, Merge>;
  /** What a character that is in no token becomes; undefined where the tokenizer has no such token. */
  readonly unknown: string | undefined;
  /** Whether unknown characters next to each other become one token. */
  readonly fuseUnknown: boolean;
  /** Whether an unknown character becomes the tokens `<0xNN>` of its UTF-8 bytes, if all are there. */
  readonly byteFallback: boolean;
  /** Stands before every character of a word but the first. */
  readonly continuationPrefix: string;
  /** Stands behind the last character of a word (`</w>` in CLIP). */
  readonly endOfWord: string;
  /** Whether a word that is a token is taken whole, whatever the merges say. */
  readonly wholeWordsFirst: boolean;
}

/** The key of a pair of ids in a table of merges. */
export const pairKey = (left: number, right: number, size: number): number => left * size + right;

const cachedWords = 10_000;
const cachedLength = 256;
const utf8 = new TextEncoder();

/**
 * Byte-pair encoding of words: each character is looked up, then pairs are merged by rank ({@link mergePairs}). Words
 * that come again are remembered. Throws {@link TokenizerError} for a character that no token stands for, where there
 * is no token for the unknown. Source: huggingface/tokenizers, models/bpe.
 */
export function bytePairModel(options: BytePairOptions): WordModel {
  const { vocabulary, merges } = options;
  const find = (left: number, right: number): Merge | undefined => merges.get(pairKey(left, right, vocabulary.size));
  const cache = new Map<string, readonly number[]>();
  return (word) => {
    const known = cache.get(word);
    if (known) return known;
    const whole = options.wholeWordsFirst ? vocabulary.idOf(word) : undefined;
    const ids = whole === undefined ? mergePairs(characterIds(word, options), find) : [whole];
    if (word.length <= cachedLength && cache.size < cachedWords) cache.set(word, ids);
    return ids;
  };
}

function characterIds(word: string, options: BytePairOptions): number[] {
  const { vocabulary, unknown, continuationPrefix, endOfWord } = options;
  const ids: number[] = [];
  const unknownId = unknown === undefined ? undefined : vocabulary.idOf(unknown);
  let afterUnknown = false;
  let at = 0;
  for (const character of word) {
    const start = at === 0 ? '' : continuationPrefix;
    at += character.length;
    const piece = `${start}${character}${at === word.length ? endOfWord : ''}`;
    const id = vocabulary.idOf(piece);
    const known = id === undefined ? bytesOf(piece, options) : [id];
    if (known) {
      ids.push(...known);
      afterUnknown = false;
      continue;
    }
    if (unknownId === undefined) {
      throw new TokenizerError(`The vocabulary has no token for ${quoted(piece)}, and none for what is unknown.`);
    }
    if (!afterUnknown || !options.fuseUnknown) ids.push(unknownId);
    afterUnknown = true;
  }
  return ids;
}

function bytesOf(piece: string, { vocabulary, byteFallback }: BytePairOptions): readonly number[] | undefined {
  if (!byteFallback) return undefined;
  const ids = Array.from(utf8.encode(piece), (byte) => vocabulary.idOf(byteToken(byte)));
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

/** The token that stands for one byte where a vocabulary lacks a character. */
export const byteToken = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;

import { digits, letters } from './words.ts';

/** How many groups the letters fall into, each letter by its place in the alphabet: the same groups for the whole language. */
export const groups = 3;

/** The group of the letter at a place of the alphabet. */
export const groupOf = (place: number): number => place % groups;

/** How pairs of a letter and its digit are written one after another; the two stay neighbours. */
export interface PairWriting {
  /** What stands before the first pair. */
  readonly opening: readonly string[];
  /** What ends a pair. */
  readonly end: readonly string[];
}

export const pairWritings: readonly [PairWriting, ...PairWriting[]] = [
  { opening: [], end: [] },
  { opening: [], end: [';'] },
  { opening: ['map', ':'], end: [] },
];

/** The letter at a place of the alphabet. */
export function letterAt(place: number): string {
  const letter = letters[place];
  if (letter === undefined) throw new RangeError(`no letter at place ${place}`);
  return letter;
}

/** The word of a digit. */
export function digitWord(value: number): string {
  const word = digits[value];
  if (word === undefined) throw new RangeError(`${value} is no digit`);
  return word;
}

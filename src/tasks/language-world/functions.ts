import { createGenerator } from '../../random/index.ts';
import { languageVersion } from './version.ts';
import { letters, operations } from './words.ts';

/**
 * A function of words of three letters: it takes some of the letters, puts the next letter of the alphabet in the place of
 * each, and writes them in upper case.
 */
export interface WordFunction {
  /** Which letters are taken, one after another, from 0. */
  readonly positions: readonly number[];
  readonly upper: boolean;
  readonly next: boolean;
}

export const wordLength = 3;

const places = [0, 1, 2] as const;
const tuples: readonly (readonly number[])[] = [
  ...places.map((first) => [first]),
  ...places.flatMap((first) => places.map((second) => [first, second])),
  ...places.flatMap((first) => places.flatMap((second) => places.map((third) => [first, second, third]))),
];

/** All functions of the language: 39 ways to take letters × upper case or not × next letter or not. */
export const wordFunctions: readonly WordFunction[] = tuples.flatMap((positions) =>
  [false, true].flatMap((upper) => [false, true].map((next) => ({ positions, upper, next }))),
);

/** Two functions are the same when their keys are. */
export const functionKey = ({ positions, upper, next }: WordFunction): string =>
  `${positions.join('')}${upper ? ' upper' : ''}${next ? ' next' : ''}`;

const byPositions = new Map(operations.map((operation) => [operation.positions.join(''), operation]));

/** The operation that has a name for the positions of a function. */
export const operationOf = ({ positions }: WordFunction): (typeof operations)[number] | undefined =>
  byPositions.get(positions.join(''));

/** Named combinations that no document shows, each of parts that documents show. */
const heldOutByName: readonly WordFunction[] = [
  { positions: [2, 1, 0], upper: true, next: true },
  { positions: [1, 2, 0], upper: true, next: false },
  { positions: [0, 2], upper: false, next: true },
  { positions: [1, 0, 2], upper: true, next: true },
];

/** Combinations that documents have to show, since tasks ask for them. */
const alwaysShown: readonly WordFunction[] = [{ positions: [2, 1, 0], upper: true, next: false }];

const drawnHeldOut = 30;

function heldOutFunctions(): readonly WordFunction[] {
  const settled = new Set([...heldOutByName, ...alwaysShown].map(functionKey));
  const isPlainName = (word: WordFunction): boolean => operationOf(word) !== undefined && !word.upper && !word.next;
  const free = wordFunctions.filter((word) => !settled.has(functionKey(word)) && !isPlainName(word));
  const drawn = createGenerator(languageVersion).split('held out').choose(free.length, drawnHeldOut);
  return [...heldOutByName, ...free.filter((_, index) => drawn.includes(index))];
}

/** Functions that no document shows. */
export const heldOut: readonly WordFunction[] = heldOutFunctions();

const heldOutKeys = new Set(heldOut.map(functionKey));

/** Whether documents may show a function; only those with a name do. */
export const isHeldOut = (word: WordFunction): boolean => heldOutKeys.has(functionKey(word));

/** The functions that documents show: those with a name that aren't held out. */
export const shownFunctions: readonly WordFunction[] = wordFunctions.filter(
  (word) => operationOf(word) !== undefined && !isHeldOut(word),
);

/** The letters that a function makes of a word, each given by its place in the alphabet. */
export function applyFunction({ positions, upper, next }: WordFunction, word: readonly number[]): string[] {
  return positions.map((position) => {
    const place = word[position];
    const letter = place === undefined ? undefined : letters[(place + (next ? 1 : 0)) % letters.length];
    if (letter === undefined) throw new RangeError(`no letter at position ${position} of a word`);
    return upper ? letter.toUpperCase() : letter;
  });
}

/**
 * The words that ask for a function, such as `rev upper`; `null` where it has no name.
 * @param bySynonym whether the operation goes by its synonym, where it has one
 */
export function instructionOf(word: WordFunction, bySynonym = false): readonly string[] | null {
  const operation = operationOf(word);
  if (!operation) return null;
  const name = bySynonym ? (operation.synonym ?? operation.name) : operation.name;
  return [name, ...(word.upper ? ['upper'] : []), ...(word.next ? ['next'] : [])];
}

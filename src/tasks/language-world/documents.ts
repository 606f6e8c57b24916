import { createGenerator } from '../../random/index.ts';
import type { Generator } from '../../random/index.ts';
import { additionQuestion } from './addition.ts';
import { digitWord, groupOf, groups, letterAt, pairWritings } from './episodes.ts';
import { applyFunction, instructionOf, shownFunctions, wordLength } from './functions.ts';
import { parityQuestion } from './parity.ts';
import { languageVersion } from './version.ts';
import { manner, therefore } from './worked.ts';
import type { Worked } from './worked.ts';
import { digits, letters, startWord, words } from './words.ts';

/** Some words, and whether a model is to learn to say them. */
interface Passage {
  readonly words: readonly string[];
  readonly isLearnt: boolean;
}

const given = (...text: readonly string[]): Passage => ({ words: text, isLearnt: false });
const learnt = (...text: readonly string[]): Passage => ({ words: text, isLearnt: true });

/** What ends an answer. */
export const answerEnd = ';';

/** Writes one more thing of a document. */
type Writer = (generator: Generator) => readonly Passage[];

function member<T>(table: readonly T[], generator: Generator): T {
  const found = table[generator.integer(table.length)];
  if (found === undefined) throw new RangeError('nothing to draw from');
  return found;
}

/** Of 32 uses of an operation with a synonym, how many go by it. */
const synonymUses = 5;
const exampleCounts = [1, 1, 2, 5] as const;

/** An instruction and one to five words with what it makes of them. */
const writeInstruction: Writer = (generator) => {
  const asked = member(shownFunctions, generator);
  const instruction = instructionOf(asked, generator.integer(32) < synonymUses) ?? [];
  const examples = Array.from({ length: member(exampleCounts, generator) }, () => {
    const word = Array.from({ length: wordLength }, () => generator.integer(letters.length));
    return [given(...word.map(letterAt), '>'), learnt(...applyFunction(asked, word), answerEnd)];
  });
  return [given(...instruction, ':'), ...examples.flat()];
};

/** A question asked for its answer at once or for steps first. */
function writeWorked(name: string, { question, steps, answer }: Worked, inSteps: boolean): readonly Passage[] {
  return [
    given(name, inSteps ? manner.steps : manner.direct, ...question, '='),
    learnt(...(inSteps ? [...steps, therefore] : []), ...answer, answerEnd),
  ];
}

/** The lengths of parities and additions that documents show. */
export const shownLengths = { parity: { least: 2, most: 10 }, addition: { least: 1, most: 4 } } as const;

const drawLength = ({ least, most }: { readonly least: number; readonly most: number }, generator: Generator): number =>
  least + generator.integer(most - least + 1);

const writeParity: Writer = (generator) => {
  const bits = Array.from({ length: drawLength(shownLengths.parity, generator) }, () => generator.integer(2));
  return writeWorked('parity', parityQuestion(bits), generator.integer(2) === 1);
};

const writeAddition: Writer = (generator) => {
  const length = drawLength(shownLengths.addition, generator);
  const number = (): number[] => Array.from({ length }, () => generator.integer(10));
  return writeWorked('add', additionQuestion(number(), number()), generator.integer(2) === 1);
};

const lettersOfFreePairs = 5;

/**
 * Which letters an episode shows, and the digit of each: a digit for each group, or a digit for each of a few letters.
 */
function drawEpisode(generator: Generator): { readonly shown: readonly number[]; readonly digitOf: (place: number) => string } {
  if (generator.integer(2) === 0) {
    const ofGroups = generator.choose(digits.length, groups);
    return { shown: letters.map((_, place) => place), digitOf: (place) => digitWord(ofGroups[groupOf(place)] ?? -1) };
  }
  const shown = [...generator.choose(letters.length, lettersOfFreePairs)];
  const ofLetters = new Map(shown.map((place) => [place, generator.integer(digits.length)]));
  return { shown, digitOf: (place) => digitWord(ofLetters.get(place) ?? -1) };
}

/** Writes pairs of a letter and its digit, all of one episode. */
function pairWriter(generator: Generator): { readonly opening: readonly string[]; readonly write: Writer } {
  const { shown, digitOf } = drawEpisode(generator);
  const { opening, end } = member(pairWritings, generator);
  return {
    opening,
    write: (draws) => {
      const place = member(shown, draws);
      return [given(letterAt(place)), learnt(digitOf(place), ...end)];
    },
  };
}

/** How many of 100 documents are of which kind. */
export const mixture = { pairs: 28, instructions: 30, parity: 20, addition: 22 } as const;

export type DocumentKind = keyof typeof mixture;

function drawKind(generator: Generator): DocumentKind {
  const draw = generator.integer(100);
  if (draw < mixture.pairs) return 'pairs';
  if (draw < mixture.pairs + mixture.instructions) return 'instructions';
  return draw < mixture.pairs + mixture.instructions + mixture.parity ? 'parity' : 'addition';
}

const writers: Readonly<Record<DocumentKind, (generator: Generator) => { readonly opening: readonly string[]; readonly write: Writer }>> = {
  pairs: pairWriter,
  instructions: () => ({ opening: [], write: writeInstruction }),
  parity: () => ({ opening: [], write: writeParity }),
  addition: () => ({ opening: [], write: writeAddition }),
};

/** A document of the language. */
export interface LanguageDocument {
  readonly kind: DocumentKind;
  readonly words: readonly string[];
  /** For each word, whether a model is to learn to say it there. */
  readonly learnt: readonly boolean[];
}

/**
 * Document `index` of the language, cut after `length` words: a start, then instructions, parities, additions or pairs as long
 * as there is room. A function of version, index and length alone.
 */
export function languageDocument(index: number, length: number): LanguageDocument {
  const generator = createGenerator(languageVersion).split('document').split(index);
  const kind = drawKind(generator);
  const { opening, write } = writers[kind](generator);
  const passages: Passage[] = [given(startWord, ...opening)];
  let written = 1 + opening.length;
  while (written < length) {
    for (const passage of write(generator)) {
      passages.push(passage);
      written += passage.words.length;
    }
  }
  return {
    kind,
    words: passages.flatMap((passage) => passage.words).slice(0, length),
    learnt: passages.flatMap((passage) => passage.words.map(() => passage.isLearnt)).slice(0, length),
  };
}

const numbers = new Map(words.map((word, number) => [word, number]));

/** The number of a word of the language. */
export function wordNumber(word: string): number {
  const number = numbers.get(word);
  if (number === undefined) throw new RangeError(`"${word}" is no word of the language`);
  return number;
}

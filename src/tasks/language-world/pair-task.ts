import { createGenerator } from '../../random/index.ts';
import type { Generator } from '../../random/index.ts';
import type { Question, Wording } from '../text-set.ts';
import { digitWord, groupOf, groups, letterAt, pairWritings } from './episodes.ts';
import type { Item, LanguageTask, Part } from './language-task.ts';
import { languageVersion } from './version.ts';
import { digits, letters } from './words.ts';

const id = 'letters-to-digits';
const sizes = { train: 2000, test: 1000 };

/** All worlds in which a letter of a group is asked for and answered with a given digit: letter, and the other digits. */
function worldsOf(label: number): readonly { readonly place: number; readonly others: readonly number[] }[] {
  const free = digits.map((_, digit) => digit).filter((digit) => digit !== label);
  return letters.flatMap((_, place) =>
    free.flatMap((first) => free.flatMap((second) => (first === second ? [] : [{ place, others: [first, second] }]))),
  );
}

/** A question in a world of its own: the other letters demonstrate, in a drawn order. */
function itemOf(label: number, place: number, others: readonly number[], generator: Generator): Item {
  const own = groupOf(place);
  const digitsOfGroups = Array.from({ length: groups }, (_, step) => [(own + step) % groups, [label, ...others][step] ?? -1] as const);
  const digitOf = new Map(digitsOfGroups);
  const answered = (letter: number): Question => ({ question: letterAt(letter), answer: digitWord(digitOf.get(groupOf(letter)) ?? -1) });
  const order = [...generator.permutation(letters.length)].filter((letter) => letter !== place);
  return { label, question: answered(place), demonstrations: order.map(answered) };
}

function drawPair(): Readonly<Record<Part, readonly Item[]>> {
  const generator = createGenerator(languageVersion).split('questions').split(id);
  const drawn = digits.map((_, label) => {
    const worlds = worldsOf(label);
    const order = generator.split('worlds').split(label).permutation(worlds.length);
    return (index: number): Item => {
      const world = worlds[order[index] ?? -1];
      if (!world) throw new RangeError(`digit ${label} has ${worlds.length} worlds, no world ${index}`);
      return itemOf(label, world.place, world.others, generator.split('demonstrations').split(label).split(index));
    };
  });
  // the digits take turns, so that any run of questions is balanced
  const pool = (count: number, first: number): Item[] =>
    Array.from({ length: count }, (_, index) => {
      const item = drawn[index % drawn.length]?.(Math.floor((first + index) / drawn.length));
      if (!item) throw new RangeError(`no digit for question ${index}`);
      return item;
    });
  return { train: pool(sizes.train, 0), test: pool(sizes.test, sizes.train) };
}

/** A word of the language that is no letter. */
const contentFree = 'next';

/** Letters fall into three groups; every question stands in a world of its own, where each group has a digit of its own. */
export const pairTask: LanguageTask = {
  id,
  title: 'Letters to digits, from demonstrations alone',
  classes: digits,
  wordings: pairWritings.map(
    ({ opening, end }): Wording => ({
      ...(opening.length === 0 ? {} : { opening: opening.join(' ') }),
      instruction: null,
      ask: '{question}',
      delimiter: ' ',
      end: end.map((word) => ` ${word}`).join(''),
      between: ' ',
      contentFree,
    }),
  ),
  pools: drawPair,
};

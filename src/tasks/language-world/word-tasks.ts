import type { Wording } from '../text-set.ts';
import { drawPools } from './draw-pools.ts';
import { answerEnd } from './documents.ts';
import { letterAt } from './episodes.ts';
import { applyFunction, instructionOf, operationOf, wordLength } from './functions.ts';
import type { WordFunction } from './functions.ts';
import type { LanguageTask } from './language-task.ts';
import { letters } from './words.ts';

/** A task that makes something of words of three letters. */
interface WordTask {
  readonly id: string;
  readonly title: string;
  /** Instructions in words; none where the language has no words for it. */
  readonly instructions: readonly string[];
  /** What is made of a word, its letters given by their places in the alphabet. */
  readonly make: (word: readonly number[]) => readonly string[];
}

const sizes = { train: 1200, test: 500 };

const wording = (instruction: string | null): Wording => ({
  instruction,
  ask: '{question} >',
  delimiter: ' ',
  end: ` ${answerEnd}`,
  between: ' ',
});

function languageTaskOf({ id, title, instructions, make }: WordTask): LanguageTask {
  return {
    id,
    title,
    classes: [],
    wordings: instructions.length === 0 ? [wording(null)] : instructions.map(wording),
    pools: () =>
      drawPools(id, sizes, (generator) => {
        const word = Array.from({ length: wordLength }, () => generator.integer(letters.length));
        return { label: 0, question: { question: word.map(letterAt).join(' '), answer: make(word).join(' ') } };
      }),
  };
}

/** A task that asks for a function of the language, by its name and by its synonym where it has them. */
function functionTask(id: string, title: string, asked: WordFunction): WordTask {
  const hasSynonym = operationOf(asked)?.synonym !== undefined;
  const instructions = [instructionOf(asked), ...(hasSynonym ? [instructionOf(asked, true)] : [])];
  return {
    id,
    title,
    instructions: instructions.flatMap((words) => (words ? [`${words.join(' ')} :`] : [])),
    make: (word) => applyFunction(asked, word),
  };
}

const rows: readonly WordTask[] = [
  functionTask('words-reverse-upper', 'Words: reversed, in upper case', { positions: [2, 1, 0], upper: true, next: false }),
  functionTask('words-rotate-upper', 'Words: rotated by one, in upper case', { positions: [1, 2, 0], upper: true, next: false }),
  functionTask('words-last-first', 'Words: last letter, then first', { positions: [2, 0], upper: false, next: false }),
  functionTask('words-echo-upper-next', 'Words: middle, first, middle letter, one on in the alphabet, in upper case', {
    positions: [1, 0, 1],
    upper: true,
    next: true,
  }),
  {
    id: 'words-sort',
    title: 'Words: letters in alphabetical order',
    instructions: [],
    make: (word) => [...word].sort((a, b) => a - b).map(letterAt),
  },
  {
    id: 'words-opposite',
    title: 'Words: letters counted from the other end of the alphabet',
    instructions: [],
    make: (word) => word.map((place) => letterAt(letters.length - 1 - place)),
  },
];

/** Tasks with words of three letters: functions of the language's family, and two that lie outside it. */
export const wordTasks: readonly LanguageTask[] = rows.map(languageTaskOf);

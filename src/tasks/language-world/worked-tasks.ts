import type { Generator } from '../../random/index.ts';
import type { Decomposition, Wording } from '../text-set.ts';
import { additionQuestion } from './addition.ts';
import { decomposeAddition } from './decompose-addition.ts';
import { decomposeParity } from './decompose-parity.ts';
import { answerEnd } from './documents.ts';
import { drawPools } from './draw-pools.ts';
import type { PoolSizes } from './draw-pools.ts';
import type { LanguageTask } from './language-task.ts';
import { parityQuestion } from './parity.ts';
import { manner, therefore } from './worked.ts';
import type { Worked } from './worked.ts';

/** A question that has a way to its answer, and how it is split into easier ones. */
interface Drawn {
  readonly worked: Worked;
  readonly decompose: Decomposition;
}

const wordingOf = (name: string): Wording => ({
  instruction: null,
  ask: `${name} ${manner.direct} {question} =`,
  askSteps: `${name} ${manner.steps} {question} =`,
  delimiter: ' ',
  end: ` ${answerEnd}`,
  between: ' ',
  therefore: ` ${therefore} `,
});

function workedTask(id: string, title: string, name: string, sizes: PoolSizes, draw: (generator: Generator) => Drawn): LanguageTask {
  return {
    id,
    title,
    classes: [],
    wordings: [wordingOf(name)],
    ...(sizes.train + sizes.test <= fewest ? { whole: sizes } : {}),
    pools: () =>
      drawPools(id, sizes, (generator) => {
        const { worked, decompose } = draw(generator);
        const [question, steps, answer] = [worked.question, worked.steps, worked.answer].map((words) => words.join(' '));
        return { label: 0, question: { question: question ?? '', answer: answer ?? '', steps: steps ?? '' }, decompose };
      }),
  };
}

/** Pools with no more questions than this are taken whole. */
const fewest = 64;

/** There are 64 words of six bits and 256 of eight. */
const parities: readonly { readonly bits: number; readonly sizes: PoolSizes }[] = [
  { bits: 6, sizes: { train: 16, test: 48 } },
  { bits: 8, sizes: { train: 56, test: 200 } },
  { bits: 10, sizes: { train: 400, test: 600 } },
  { bits: 12, sizes: { train: 1000, test: 1000 } },
];

const additionSizes = { train: 1000, test: 1000 };

/** Parities and additions: easier step by step than at once. The longest of each are longer than documents show. */
export const workedTasks: readonly LanguageTask[] = [
  ...parities.map(({ bits: length, sizes }) =>
    workedTask(`parity-${length}`, `Parity of ${length} bits`, 'parity', sizes, (generator) => {
      const bits = Array.from({ length }, () => generator.integer(2));
      return { worked: parityQuestion(bits), decompose: decomposeParity(bits) };
    }),
  ),
  ...[2, 3, 4, 5].map((length) =>
    workedTask(`addition-${length}`, `Addition of numbers of ${length} digits`, 'add', additionSizes, (generator) => {
      const number = (): number[] => Array.from({ length }, () => generator.integer(10));
      const [first, second] = [number(), number()];
      return { worked: additionQuestion(first, second), decompose: decomposeAddition(first, second) };
    }),
  ),
];

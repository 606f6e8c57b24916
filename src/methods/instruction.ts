import { onlyLanguage, reprogramLanguage, wordsInFront } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * Instruction: the task is told in words in front of the question, and nothing else; zero-shot.
 */
export const instruction: Method = {
  id: 'instruction',
  name: 'Instruction',
  family: 'PI',
  paper: 'brown2020gpt3',
  follows: 'paper',
  file: 'src/methods/instruction.ts',
  options: {},
  furtherOptions: ['wording'],
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'what all questions have in common is read once', exact: true }],
  adapt: onlyLanguage('Instruction'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [wordsInFront({ kind: 'instruction' })],
        reading: { as: 'answer' },
      },
      classTokens,
    ),
};

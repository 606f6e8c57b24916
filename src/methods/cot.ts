import { onlyLanguage, reprogramLanguage, wordsInFront } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { demonstrations } from './demonstrations.ts';

/**
 * Chain-of-thought prompting (Wei et al. 2022, arXiv 2201.11903): the demonstrations show the steps to their answers, and the model
 * writes its own before the answer.
 */
export const cot: Method = {
  id: 'cot',
  name: 'Chain-of-Thought prompting',
  family: 'PI',
  paper: 'wei2022cot',
  follows: 'paper',
  file: 'src/methods/cot.ts',
  options: { shots: 2 },
  furtherOptions: ['wording'],
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'what all questions have in common is read once', exact: true }],
  adapt: onlyLanguage('Chain-of-Thought prompting'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [wordsInFront({ kind: 'steps' }), ...demonstrations(options, 'random')],
        reading: { as: 'after-steps' },
      },
      classTokens,
    ),
};

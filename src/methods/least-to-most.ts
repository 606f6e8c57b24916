import { onlyLanguage, reprogramLanguage, wordsInFront } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { demonstrations } from './demonstrations.ts';

/**
 * Least-to-most prompting (Zhou et al. 2023, arXiv 2205.10625), adapted: a question is split into easier ones by a rule written by hand,
 * each is asked with the answers so far, and the last answer is composed of them.
 */
export const leastToMost: Method = {
  id: 'least-to-most',
  name: 'Least-to-Most prompting',
  family: 'PI',
  paper: 'zhou2023leasttomost',
  follows: 'paper',
  file: 'src/methods/least-to-most.ts',
  options: { shots: 0 },
  furtherOptions: ['wording'],
  recipe: null,
  trainable: '0',
  tricks: [],
  adapt: onlyLanguage('Least-to-Most prompting'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [wordsInFront({ kind: 'parts' }), ...demonstrations(options, 'random')],
        reading: { as: 'answer' },
      },
      classTokens,
    ),
};

import { onlyLanguage, reprogramLanguage } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { demonstrations } from './demonstrations.ts';

/**
 * KATE (Liu et al. 2022, arXiv 2101.06804), adapted: the demonstrations are the training questions most similar to the one that is
 * asked, the most similar last; similarity is the cosine between means of the frozen model's own token features.
 */
export const kate: Method = {
  id: 'kate',
  name: 'KATE',
  family: 'PI',
  paper: 'liu2022kate',
  follows: 'paper',
  file: 'src/methods/kate.ts',
  options: { shots: 4 },
  furtherOptions: ['wording'],
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'what all questions have in common is read once', exact: true }],
  adapt: onlyLanguage('KATE'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [...demonstrations(options, 'similar')],
        reading: { as: 'answer' },
      },
      classTokens,
    ),
};

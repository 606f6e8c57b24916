import { countOption, onlyLanguage, reprogramLanguage } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { demonstrations } from './demonstrations.ts';

/**
 * kNN Prompting (Xu et al. 2023, arXiv 2303.13824): training questions that are no demonstrations are anchors; a question gets the
 * class of most of the anchors whose next-token distributions are nearest to its own.
 */
export const knnPrompting: Method = {
  id: 'knn-prompting',
  name: 'kNN Prompting',
  family: 'PI',
  paper: 'xu2023knn',
  follows: 'paper',
  file: 'src/methods/knn-prompting.ts',
  options: { shots: 4, neighbours: 3 },
  furtherOptions: ['wording', 'redrawn'],
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'what all questions have in common is read once', exact: true }],
  adapt: onlyLanguage('kNN Prompting'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [...demonstrations(options, 'random')],
        reading: { as: 'nearest-distributions', neighbours: countOption(options, 'neighbours') },
      },
      classTokens,
    ),
};

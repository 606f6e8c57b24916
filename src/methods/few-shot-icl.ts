import { onlyLanguage, reprogramLanguage, wordsInFront } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { demonstrations } from './demonstrations.ts';

/**
 * Few-shot in-context learning (Brown et al. 2020, arXiv 2005.14165): answered questions, drawn at random, in front of the one that
 * is asked. With `redrawn` a share of their labels is drawn again (Min et al. 2022, arXiv 2202.12837); with `instruction` the
 * task is told in words before them.
 */
export const fewShotIcl: Method = {
  id: 'few-shot-icl',
  name: 'Few-shot in-context learning',
  family: 'PI',
  paper: 'brown2020gpt3',
  follows: 'paper',
  file: 'src/methods/few-shot-icl.ts',
  options: { shots: 4 },
  furtherOptions: ['wording', 'redrawn', 'instruction'],
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'what all questions have in common is read once', exact: true }],
  adapt: onlyLanguage('Few-shot in-context learning'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [...(options['instruction'] === true ? [wordsInFront({ kind: 'instruction' })] : []), ...demonstrations(options, 'random')],
        reading: { as: 'answer' },
      },
      classTokens,
    ),
};

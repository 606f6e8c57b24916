import { onlyLanguage, reprogramLanguage, wordsInFront } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * Zero-shot-CoT (Kojima et al. 2022, arXiv 2205.11916), adapted: the question is asked so that steps come first, in one call, by a
 * word the model knows from its training.
 */
export const zeroShotCot: Method = {
  id: 'zero-shot-cot',
  name: 'Zero-shot-CoT',
  family: 'PI',
  paper: 'kojima2022zeroshotcot',
  follows: 'paper',
  file: 'src/methods/zero-shot-cot.ts',
  options: {},
  furtherOptions: ['wording'],
  recipe: null,
  trainable: '0',
  tricks: [],
  adapt: onlyLanguage('Zero-shot-CoT'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [wordsInFront({ kind: 'steps' })],
        reading: { as: 'after-steps' },
      },
      classTokens,
    ),
};

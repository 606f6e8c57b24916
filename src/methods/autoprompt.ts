import { countOption, onlyLanguage, reprogramLanguage, triggerTokens } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * AutoPrompt (Shin et al. 2020, arXiv 2010.15980; ucinlp/autoprompt), adapted to a causal model: tokens of the vocabulary in
 * front of the text, found by swaps that the gradient ranks. Its label words are those of the task, not searched for.
 */
export const autoprompt: Method = {
  id: 'autoprompt',
  name: 'AutoPrompt',
  family: 'PT',
  paper: 'shin2020autoprompt',
  follows: 'code',
  file: 'src/methods/autoprompt.ts',
  options: { tokens: 4, candidates: 8 },
  recipe: {
    search: (options) => ({ by: 'swap-tokens', candidates: countOption(options, 'candidates') }),
    optimiser: { name: 'adam' },
    schedule: { name: 'constant' },
    learningRates: [],
    initial: 'the start token, repeated',
  },
  trainable: '0',
  tricks: [],
  adapt: onlyLanguage('AutoPrompt'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [triggerTokens(countOption(options, 'tokens'), model.start ?? 0)],
        reading: { as: 'answer' },
      },
      classTokens,
    ),
};

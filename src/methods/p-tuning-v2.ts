import { countOption, onlyLanguage, prefix, reprogramLanguage } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * P-tuning v2 (Liu et al. 2022, arXiv 2110.07602; THUDM/P-tuning-v2): keys and values in front of every block's own and a
 * linear head; on a causal model it reads the features of the last token.
 */
export const pTuningV2: Method = {
  id: 'p-tuning-v2',
  name: 'P-Tuning v2',
  family: 'PT',
  paper: 'liu2022ptuningv2',
  follows: 'code',
  file: 'src/methods/p-tuning-v2.ts',
  options: { tokens: 8 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.003, 0.01, 0.03],
    initial: 'prefix normal, deviation 0.02; head 0',
  },
  trainable: 'p·2·L·v + d·k + k, v the width of keys and values',
  tricks: [{ name: 'the prefix is computed once a step', exact: true }],
  adapt: onlyLanguage('P-Tuning v2'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [prefix(model.architecture, { count: countOption(options, 'tokens'), network: 0 })],
        reading: { as: 'head', start: 'zero', bias: true },
      },
      classTokens,
    ),
};

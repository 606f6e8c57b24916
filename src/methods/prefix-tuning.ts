import { countOption, onlyLanguage, prefix, reprogramLanguage } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * Prefix-tuning (Li and Liang 2021, arXiv 2101.00190; XiangLi1999/PrefixTuning): keys and values in front of every block's
 * own, learned directly or, with `network` > 0, through a network with one hidden layer of that width.
 */
export const prefixTuning: Method = {
  id: 'prefix-tuning',
  name: 'Prefix-Tuning',
  family: 'PT',
  paper: 'li2021prefix',
  follows: 'code',
  file: 'src/methods/prefix-tuning.ts',
  options: { tokens: 8, network: 0 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'directly: normal, deviation 0.02; through a network: embeddings standard normal, layers as torch starts them, biases 0',
  },
  trainable: 'p·2·L·v, v the width of keys and values; with a network p·d + d·h + h + h·2·L·d + 2·L·d while training',
  tricks: [{ name: 'the prefix, and the network that makes it, is computed once a step', exact: true }],
  adapt: onlyLanguage('Prefix-Tuning'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [
          prefix(model.architecture, { count: countOption(options, 'tokens'), network: countOption(options, 'network', 0) }),
        ],
        reading: { as: 'answer' },
      },
      classTokens,
    ),
};

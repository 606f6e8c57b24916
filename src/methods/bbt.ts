import { countOption, onlyLanguage, projectedPrompt, reprogramLanguage } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * BBT (Sun et al. 2022, arXiv 2201.03514; txsun1997/Black-Box-Tuning), adapted to a causal model: a soft prompt moved within
 * a random subspace, whose few numbers CMA-ES finds from losses alone.
 */
export const bbt: Method = {
  id: 'bbt',
  name: 'BBT',
  family: 'PT',
  paper: 'sun2022bbt',
  follows: 'paper',
  file: 'src/methods/bbt.ts',
  options: { tokens: 8, dimension: 32, population: 12 },
  recipe: {
    search: (options) => ({ by: 'cma-es', population: countOption(options, 'population', 4) }),
    optimiser: { name: 'adam' },
    schedule: { name: 'constant' },
    learningRates: [0.3, 1, 3],
    initial: 'embeddings of tokens drawn once, z = 0; the rate is the first step size σ of CMA-ES',
  },
  trainable: 'z',
  tricks: [{ name: 'the vectors in front are read once for each candidate', exact: true }],
  adapt: onlyLanguage('BBT'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [
          projectedPrompt(model, { count: countOption(options, 'tokens'), dimension: countOption(options, 'dimension') }),
        ],
        reading: { as: 'answer' },
      },
      classTokens,
    ),
};

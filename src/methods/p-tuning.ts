import { countOption, encodedPrompt, onlyLanguage, promptEncoder, reprogramLanguage } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * P-tuning (Liu et al. 2021, arXiv 2103.10385; THUDM/P-tuning): learned vectors pass through an LSTM and two linear layers
 * before they stand in front of the embedded text.
 */
export const pTuning: Method = {
  id: 'p-tuning',
  name: 'P-tuning',
  family: 'PT',
  paper: 'liu2021ptuning',
  follows: 'code',
  file: 'src/methods/p-tuning.ts',
  options: { tokens: 8 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.001, 0.003, 0.01],
    initial: 'vectors standard normal, LSTM and layers as torch starts them',
  },
  trainable: 'p·d + 16·(h·d + h² + 2·h) + 2·(d² + d), h = d/2',
  tricks: [{ name: 'the encoder runs, and the vectors in front are read, once a step', exact: true }],
  adapt: onlyLanguage('P-tuning'),
  adaptLanguage: ({ model, options, classTokens }) => {
    const { width } = model.architecture;
    return reprogramLanguage(
      model,
      {
        manipulations: [encodedPrompt(countOption(options, 'tokens'), width), promptEncoder(width)],
        reading: { as: 'answer' },
      },
      classTokens,
    );
  },
};

import { countOption, onlyLanguage, reprogramLanguage, softPrompt } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';

/**
 * WARP (Hambardzumyan et al. 2021, arXiv 2101.00121; YerevaNN/WARP), adapted to a causal model: learned vectors in front and
 * a learned output embedding for each class, which reads the features that the next token is read from and starts from the
 * class's word. With open answers every token of the vocabulary has one.
 */
export const warp: Method = {
  id: 'warp',
  name: 'WARP',
  family: 'MR',
  paper: 'hambardzumyan2021warp',
  follows: 'paper',
  file: 'src/methods/warp.ts',
  options: { tokens: 8 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.003, 0.01, 0.03],
    initial: 'vectors: embeddings of tokens drawn at random; output embeddings: those of the class words',
  },
  trainable: 'p·d + k·d',
  tricks: [{ name: 'the vectors in front are read once a step and shared by the batch', exact: true }],
  adapt: onlyLanguage('WARP'),
  adaptLanguage: ({ model, options, classTokens }) =>
    reprogramLanguage(
      model,
      {
        manipulations: [softPrompt(model, countOption(options, 'tokens'), { from: 'vocabulary' })],
        reading: { as: 'head', start: 'class-words', bias: false },
      },
      classTokens,
    ),
};

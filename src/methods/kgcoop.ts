import { contextVectors, countOption, onlyPairs, positiveOption, reprogramPair } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { textSideTricks } from './coop.ts';
import { nameAsItEnds } from './name-as-it-ends.ts';

/**
 * KgCoOp (Yao et al. 2023, arXiv 2303.13283; htyao89/KgCoOp:trainers/kgcoop.py): CoOp's shared vectors, while the texts'
 * embeddings are drawn to those of a template written by hand: cross-entropy + w · mean over classes of (1 − cos).
 */
export const kgcoop: Method = {
  id: 'kgcoop',
  name: 'KgCoOp',
  family: 'PT',
  paper: 'yao2023kgcoop',
  follows: 'code',
  file: 'src/methods/kgcoop.ts',
  options: { vectors: 4, weight: 8 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'vectors normal with deviation 0.02',
  },
  trainable: 'M·d',
  tricks: textSideTricks,
  adapt: onlyPairs('KgCoOp'),
  adaptPair: (setting) => {
    const { model, options, wording } = setting;
    const context = contextVectors({
      count: countOption(options, 'vectors'),
      width: model.architecture.text.language.width,
      template: nameAsItEnds(wording),
    });
    return reprogramPair(setting, {
      manipulations: [context],
      reading: { as: 'nearest-text' },
      anchor: { weight: positiveOption(options, 'weight') },
    });
  },
};

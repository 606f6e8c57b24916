import type { Method } from '../reprogramming/index.ts';
import { adaptLanguageWeights } from './adapt-language-weights.ts';
import { adaptPairWeights, adaptWeights, isReadByTexts } from './adapt-weights.ts';
import { trainedLanguageWeights, trainedWeights } from './trained-weights.ts';

/**
 * Full fine-tuning: a copy of every weight before the old classifier is trained, with a new linear head that starts from
 * the linear probe; of a pair, the image tower, while texts stay what is compared. The frozen model itself stays as it is.
 */
export const fullFineTuning: Method = {
  id: 'full-fine-tuning',
  name: 'Full fine-tuning',
  family: 'PCA',
  paper: 'kornblith2019transfer',
  follows: 'paper',
  file: 'src/adaptation/full-fine-tuning.ts',
  options: {},
  furtherOptions: ['read'],
  recipe: {
    optimiser: { name: 'adamW', weightDecay: 0.01 },
    schedule: { name: 'cosine' },
    learningRates: [0.0003, 0.001, 0.003],
    initial: "the model's weights; head from the linear probe",
  },
  trainable: 'all weights before the classifier + d·K + K',
  tricks: [{ name: 'the last block of a transformer computes the class token only', exact: true }],
  adapt: ({ model, targets }) => adaptWeights(model, trainedWeights(model, () => true), targets),
  adaptPair: (setting) => adaptPairWeights(setting, (network) => trainedWeights(network, () => true)),
  onPair: (options) => ({
    initial: `the image tower's weights${isReadByTexts(options) ? '' : '; head from the linear probe'}`,
    tricks: [
      ...(isReadByTexts(options) ? [{ name: 'class texts are read once', exact: true }] : []),
      { name: 'the last block computes the class token only', exact: true },
    ],
  }),
  adaptLanguage: (setting) => adaptLanguageWeights(setting, trainedLanguageWeights(setting.model, () => true)),
  onText: { initial: "the model's weights", tricks: [] },
};

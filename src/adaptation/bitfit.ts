import type { Method } from '../reprogramming/index.ts';
import { adaptLanguageWeights } from './adapt-language-weights.ts';
import { adaptWeights } from './adapt-weights.ts';
import { isBias, trainedBiases, trainedWeights } from './trained-weights.ts';

/**
 * BitFit (Ben Zaken et al. 2022, arXiv 2106.10199): every bias of the network is trained, the shifts of its layer norms among
 * them, and a new linear head that starts from the linear probe. A language model answers by its own head.
 */
export const bitfit: Method = {
  id: 'bitfit',
  name: 'BitFit',
  family: 'PCA',
  paper: 'benzaken2022bitfit',
  follows: 'paper',
  file: 'src/adaptation/bitfit.ts',
  options: {},
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.001, 0.003, 0.01],
    initial: "the model's biases; head from the linear probe",
  },
  trainable: 'all biases before the classifier + d·K + K',
  tricks: [{ name: 'the last block of a transformer computes the class token only', exact: true }],
  adapt: ({ model, targets }) => adaptWeights(model, trainedWeights(model, isBias), targets),
  adaptLanguage: (setting) => adaptLanguageWeights(setting, trainedBiases(setting.model)),
  onText: { initial: "the model's biases; zeros where it has none", tricks: [] },
};

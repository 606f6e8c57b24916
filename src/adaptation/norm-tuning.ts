import type { Method } from '../reprogramming/index.ts';
import { adaptLanguageWeights } from './adapt-language-weights.ts';
import { adaptWeights } from './adapt-weights.ts';
import { trainedLanguageWeights, trainedWeights } from './trained-weights.ts';

const isOfANorm = (name: string): boolean => /(^|\.)norm\d*\.(gain|shift)$/.test(name);

/**
 * Tuning the norms alone: the gains and shifts of every normalisation inside a transformer are trained, and, where there are
 * classes of its own to be read, a new linear head that starts from the linear probe.
 */
export const normTuning: Method = {
  id: 'norm-tuning',
  name: 'LayerNorm tuning',
  family: 'PCA',
  paper: 'zhao2024layernorm',
  follows: 'paper',
  file: 'src/adaptation/norm-tuning.ts',
  options: {},
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.003, 0.01, 0.03],
    initial: "the model's norms; head from the linear probe",
  },
  trainable: 'gains and shifts of all norms + d·K + K',
  tricks: [{ name: 'the last block of a transformer computes the class token only', exact: true }],
  adapt: ({ model, targets }) => {
    const change = trainedWeights(model, isOfANorm);
    if (change.count === 0) throw new RangeError(`Norm tuning needs a transformer; ${model.id} has no norms that are left to train.`);
    return adaptWeights(model, change, targets);
  },
  adaptLanguage: (setting) => adaptLanguageWeights(setting, trainedLanguageWeights(setting.model, isOfANorm)),
  onText: { initial: "the model's norms", tricks: [] },
};

import { frequencyEstimator } from '../reprogramming/index.ts';
import { labelMapMethod } from './label-map-method.ts';

/**
 * FLM-VP, the baseline of Chen et al. 2023 (arXiv 2211.11635; OPTML-Group/ILM-VP:experiments/cnn/flm_vp.py): the greedy
 * one-to-one map of the most frequent predictions, counted once under the untrained program.
 */
export const flmVp = labelMapMethod({
  id: 'flm-vp',
  name: 'FLM-VP',
  paper: 'chen2023ilmvp',
  follows: 'code',
  file: 'src/methods/flm-vp.ts',
  tricks: [],
  learningRates: [0.01, 0.03, 0.1],
  alignment: () => ({ kind: 'statistical', refresh: 'once', ...frequencyEstimator() }),
});

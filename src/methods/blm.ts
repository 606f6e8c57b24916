import { blmEstimator } from '../reprogramming/index.ts';
import { countsWhileTraining, labelMapMethod } from './label-map-method.ts';

/**
 * BLM (Cai et al. 2024, arXiv 2410.24018; tmlr-group/BayesianLM:mapping.py): a matrix ω(s, t) of smoothed conditional
 * frequencies takes the place of the one-to-one map, renewed every epoch.
 */
export const blm = labelMapMethod({
  id: 'blm',
  name: 'BLM',
  paper: 'cai2024blm',
  follows: 'code',
  file: 'src/methods/blm.ts',
  tricks: [countsWhileTraining],
  learningRates: [0.003, 0.01, 0.03],
  alignment: () => ({ kind: 'statistical', refresh: 'epoch', ...blmEstimator() }),
});

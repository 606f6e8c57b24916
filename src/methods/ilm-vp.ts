import { frequencyEstimator } from '../reprogramming/index.ts';
import { countsWhileTraining, labelMapMethod } from './label-map-method.ts';

/**
 * ILM-VP (Chen et al. 2023, arXiv 2211.11635; OPTML-Group/ILM-VP:experiments/cnn/ilm_vp.py): the greedy one-to-one map is
 * counted again with the current program before every epoch.
 */
export const ilmVp = labelMapMethod({
  id: 'ilm-vp',
  name: 'ILM-VP',
  paper: 'chen2023ilmvp',
  follows: 'code',
  file: 'src/methods/ilm-vp.ts',
  tricks: [countsWhileTraining],
  learningRates: [0.01, 0.03, 0.1],
  alignment: () => ({ kind: 'statistical', refresh: 'epoch', ...frequencyEstimator() }),
});

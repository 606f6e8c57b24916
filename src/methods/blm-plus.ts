import { blmPlusEstimator, defaultTop } from '../reprogramming/index.ts';
import { countsWhileTraining, labelMapMethod } from './label-map-method.ts';

/**
 * BLM+ (Cai et al. 2024, arXiv 2410.24018; tmlr-group/BayesianLM:mapping.py): as BLM, with the k = max(1, ⌊0.15·K⌋) largest
 * softmax probabilities of every sample in the place of its one prediction.
 */
export const blmPlus = labelMapMethod({
  id: 'blm-plus',
  name: 'BLM+',
  paper: 'cai2024blm',
  follows: 'code',
  file: 'src/methods/blm-plus.ts',
  tricks: [countsWhileTraining],
  learningRates: [0.003, 0.01, 0.03],
  alignment: ({ targets }) => ({
    kind: 'statistical',
    refresh: 'epoch',
    ...blmPlusEstimator({ k: defaultTop(targets) }),
  }),
});

import { assignmentMap, randomMap } from '../reprogramming/index.ts';
import { labelMapMethod } from './label-map-method.ts';

/**
 * RLM-VP, the baseline of Chen et al. 2023 (arXiv 2211.11635; OPTML-Group/ILM-VP:experiments/cnn/rlm_vp.py): target classes
 * are given to randomly drawn source classes once and for all. No statistics stand behind it: the alignment is structural.
 */
export const rlmVp = labelMapMethod({
  id: 'rlm-vp',
  name: 'RLM-VP',
  paper: 'chen2023ilmvp',
  follows: 'code',
  file: 'src/methods/rlm-vp.ts',
  tricks: [],
  learningRates: [0.01, 0.03, 0.1],
  alignment: ({ model, targets }) => ({
    kind: 'structural',
    reads: 'logits',
    rule: (generator) => {
      const sources = model.architecture.outputs;
      return assignmentMap(randomMap(sources, targets, generator), sources);
    },
  }),
});

import { pictureInput } from '../models/index.ts';
import { countOption, frequencyEstimator, maskedPattern, reprogram, wholeCanvas } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { countsWhileTraining, programRecipe } from './label-map-method.ts';

/**
 * SMM (Cai et al. 2024, arXiv 2406.03150; tmlr-group/SMM:instance_model.py, instancewise_vp.py): a small network makes a
 * mask for every picture, and a pattern that all pictures share is added as strongly as the mask says. The label map is
 * that of ILM-VP.
 */
export const smm: Method = {
  id: 'smm',
  name: 'SMM',
  family: 'MR',
  paper: 'cai2024smm',
  follows: 'code',
  file: 'src/methods/smm.ts',
  options: { patch: 4 },
  recipe: {
    ...programRecipe([0.001, 0.003, 0.01]),
    initial: 'pattern 0; mask network uniform within 1/√(9·channels), gains 1, shifts 0',
  },
  trainable: 'C·H·W + mask network (26,499 numbers for C = 3)',
  tricks: [countsWhileTraining, { name: 'norm over the channels of a place instead of over the batch in the mask network', exact: false }],
  adapt: ({ model, targets, options }) => {
    const input = pictureInput(model, 'SMM');
    return reprogram(
      model,
      {
        fit: wholeCanvas(input),
        manipulations: [maskedPattern({ input, patch: countOption(options, 'patch') })],
        alignment: { kind: 'statistical', refresh: 'epoch', ...frequencyEstimator() },
      },
      targets,
    );
  },
};

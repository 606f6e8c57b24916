import { pictureInput } from '../models/index.ts';
import { reprogram } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { paddingProgram, programOf } from './program-of.ts';

/**
 * A pixel program with AutoVP's "FullyMap" (Tsao et al. 2024, arXiv 2310.08381; IBM/AutoVP:auto_vp/wrapper.py): a linear
 * map S → K on the source logits, trained with the program. It starts from the linear probe on the unprogrammed outputs.
 */
export const fullymapVp: Method = {
  id: 'fullymap-vp',
  name: 'FullyMap-VP',
  family: 'MR',
  paper: 'tsao2024autovp',
  follows: 'paper',
  file: 'src/methods/fullymap-vp.ts',
  options: paddingProgram,
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'multistep', milestones: [0.5, 0.72], factor: 0.1, per: 'epoch' },
    learningRates: [0.001, 0.003, 0.01],
    initial: 'program 0; map from the linear probe on the outputs under that program',
  },
  trainable: 'program (frame: C·(H·W − s²); whole: C·H·W) + S·K + K',
  tricks: [],
  adapt: ({ model, targets, options }) =>
    reprogram(
      model,
      {
        ...programOf(options, pictureInput(model, 'FullyMap-VP')),
        alignment: { kind: 'linear', reads: 'outputs', start: 'probe' },
      },
      targets,
    ),
};

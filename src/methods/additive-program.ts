import { pixelProgram, reprogram, wholeCanvas } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
/**
 * A pixel program over the whole picture, x' = x + W, and a linear head on the model's features that starts from the
 * linear probe: what a reprogrammer does who may read features. The strongest simple rival of prompts inside the net.
 */
export const additiveProgram: Method = {
  id: 'additive-program',
  name: 'Additive program, linear head',
  family: 'MR',
  paper: 'bahng2022vp',
  follows: 'paper',
  file: 'src/methods/additive-program.ts',
  options: {},
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.0003, 0.001, 0.003],
    initial: 'program 0; head from the linear probe',
  },
  trainable: 'C·H·W + d·K + K',
  tricks: [],
  adapt: ({ model, targets }) => {
    const { input } = model.architecture;
    return reprogram(
      model,
      {
        fit: wholeCanvas(input),
        manipulations: [pixelProgram({ input, around: 'nothing', bound: 'none' })],
        alignment: { kind: 'linear', reads: 'features', start: 'probe' },
      },
      targets,
    );
  },
};

import { takesPictures } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { pixelProgram, reprogram, waveProgram, wholeCanvas, wordOption } from '../reprogramming/index.ts';
import type { Manipulation, Method, Options } from '../reprogramming/index.ts';

/**
 * A program over the whole input, x' = x + W, and a linear head on the model's features that starts from the linear
 * probe: what a reprogrammer does who may read features. The strongest simple rival of prompts inside the net. W lies over
 * a picture, over a wave (option `on`: input, or waveform), or over what the network computes of a wave before its first
 * weight (`on`: spectrogram).
 */
export const additiveProgram: Method = {
  id: 'additive-program',
  name: 'Additive program, linear head',
  family: 'MR',
  paper: 'bahng2022vp',
  follows: 'paper',
  file: 'src/methods/additive-program.ts',
  options: {},
  furtherOptions: ['on'],
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.0003, 0.001, 0.003],
    initial: 'program 0; head from the linear probe',
  },
  trainable: 'C·H·W + d·K + K',
  tricks: [],
  adapt: ({ model, targets, options }) =>
    reprogram(
      model,
      {
        fit: wholeCanvas(model.architecture.input),
        manipulations: [programOn(model, options)],
        alignment: { kind: 'linear', reads: 'features', start: 'probe' },
      },
      targets,
    ),
};

function programOn({ id, architecture: { input, frontEnd } }: FrozenModel, options: Options): Manipulation {
  const on = wordOption({ on: 'input', ...options }, 'on', ['input', 'waveform', 'spectrogram']);
  if (takesPictures(input)) {
    if (on === 'input') return pixelProgram({ input, around: 'nothing', bound: 'none' });
    throw new RangeError(`Option "on" is "${on}", but ${id} takes pictures; choose input.`);
  }
  if (on !== 'spectrogram') return waveProgram({ enters: 'raw', shape: [input.samples] });
  if (frontEnd) return waveProgram({ enters: 'spectrogram', shape: frontEnd.shape });
  throw new RangeError(`Option "on" is "spectrogram", but ${id} computes none; choose waveform.`);
}

import { takesPictures } from '../models/index.ts';
import type { ModelInput } from '../models/index.ts';
import { countOption, frequencyEstimator, reprogram, waveProgram, wholeCanvas, wordOption } from '../reprogramming/index.ts';
import type { Composition, Method, Options } from '../reprogramming/index.ts';
import type { QueriedGradient } from '../training/index.ts';
import { programRecipe } from './label-map-method.ts';
import { programOf } from './program-of.ts';

const gradients = ['queries', 'white-box'] as const;
const wavePrograms = ['none', 'padding', 'additive'] as const;

/** How the loss is followed: from answers alone, or, as the published script does, by differentiating it. */
function gradientOf(options: Options): QueriedGradient | null {
  if (wordOption(options, 'gradient', gradients) === 'white-box') return null;
  const { smoothing } = options;
  if (typeof smoothing !== 'number' || !(smoothing > 0 && smoothing < Infinity)) {
    throw new RangeError(`Option "smoothing" is ${JSON.stringify(smoothing)}; it must be a number above 0.`);
  }
  return { by: 'queries', directions: countOption(options, 'directions'), smoothing };
}

/**
 * The program that option `program` names: on pictures as in the other label-map methods; on waves W over all samples, of a
 * clip laid in once (`padding`) or a series repeated as often as it fits (`additive`). The waveform is all that a black box
 * lets in.
 */
function programFor(options: Options, input: ModelInput): Pick<Composition, 'fit' | 'manipulations'> {
  if (takesPictures(input)) return programOf(options, input);
  const program = wordOption(options, 'program', wavePrograms);
  return {
    fit: program === 'padding' ? { repeats: 1 } : wholeCanvas(input),
    manipulations: program === 'none' ? [] : [waveProgram({ enters: 'raw', shape: [input.samples] })],
  };
}

/** As many source classes for each target class as asked for, or as there are. */
function sourcesEach(options: Options, sources: number, targets: number): number {
  return Math.max(1, Math.min(countOption(options, 'perTarget'), Math.floor(sources / targets)));
}

/**
 * BAR, black-box adversarial reprogramming (Tsai, Chen, Ho 2020, arXiv 2007.08714): the gradient of the program is estimated
 * from losses along q random directions, and the mean probability of several source classes, counted once, is a target's
 * score. The published script (yunyuntsai/Black-box-Adversarial-Reprogramming:adv_reprogramming.py) computes the estimate
 * and applies the exact gradient: `gradient: white-box`.
 */
export const bar: Method = {
  id: 'bar',
  name: 'BAR',
  family: 'MR',
  paper: 'tsai2020bar',
  follows: 'paper',
  file: 'src/methods/bar.ts',
  options: { program: 'padding', gradient: 'queries', directions: 10, smoothing: 0.1, perTarget: 6 },
  recipe: { ...programRecipe([0.003, 0.01, 0.03]), gradient: gradientOf },
  trainable: 'frame: C·(H·W − s²); whole picture: C·H·W; wave: its samples; no program: 0',
  tricks: [],
  adapt: ({ model, targets, options }) => {
    gradientOf(options);
    const { input, outputs } = model.architecture;
    return reprogram(
      model,
      {
        ...programFor(options, input),
        alignment: {
          kind: 'statistical',
          reads: 'probabilities',
          refresh: 'once',
          ...frequencyEstimator({ perTarget: sourcesEach(options, outputs, targets) }),
        },
      },
      targets,
    );
  },
};

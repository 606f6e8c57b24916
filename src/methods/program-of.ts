import { pixelProgram, wholeCanvas, wordOption } from '../reprogramming/index.ts';
import type { Fit, Manipulation, Options } from '../reprogramming/index.ts';
import type { PictureInput } from '../models/index.ts';

const programs = ['none', 'padding', 'additive'] as const;

/** The default of the option `program` for methods whose paper pads. */
export const paddingProgram = { program: 'padding' } as const;

/** Padding leaves a frame of an eighth of the canvas on each side. */
function pictureSizeInFrame(input: PictureInput): number {
  const { size: side } = wholeCanvas(input);
  return side - 2 * Math.floor(side / 8);
}

/**
 * The pixel program that option `program` names.
 * - `padding`: the picture shrinks into a frame of σ(W), which starts at mid-grey (ILM-VP, arXiv 2211.11635).
 * - `additive`: W over the whole picture, unbounded, from 0 ("full" in SMM, arXiv 2406.03150; "watermark" in BLM's code).
 * - `none`: the picture fills the canvas and nothing is added; only the output is aligned.
 */
export function programOf(options: Options, input: PictureInput): { fit: Fit; manipulations: readonly Manipulation[] } {
  const whole = wholeCanvas(input);
  switch (wordOption(options, 'program', programs)) {
    case 'none':
      return { fit: whole, manipulations: [] };
    case 'additive':
      return { fit: whole, manipulations: [pixelProgram({ input, around: 'nothing', bound: 'none' })] };
    case 'padding': {
      const pictureSize = pictureSizeInFrame(input);
      return { fit: { size: pictureSize }, manipulations: [pixelProgram({ input, around: { pictureSize }, bound: 'sigmoid' })] };
    }
  }
}

import { takesPictures } from '../models/index.ts';
import type { ModelInput, PictureInput } from '../models/index.ts';
import type { Fit, PictureFit } from './types.ts';

/** The fit of an example that fills what a model takes: a picture its canvas, as far as a square can; a wave its samples. */
export function wholeCanvas(input: PictureInput): PictureFit;
export function wholeCanvas(input: ModelInput): Fit;
export function wholeCanvas(input: ModelInput): Fit {
  return takesPictures(input) ? { size: Math.min(input.rows, input.columns) } : { repeats: 'fill' };
}

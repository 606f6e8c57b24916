import type { PictureInput } from '../models/index.ts';
import type { Fit } from './types.ts';

/** The fit of a picture that fills the model's canvas, as far as a square can. */
export function wholeCanvas({ rows, columns }: PictureInput): Fit {
  return { size: Math.min(rows, columns) };
}

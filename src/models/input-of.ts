import type { FrozenModel, ModelInput, PictureInput, WaveInput } from './types.ts';

export const takesPictures = (input: ModelInput): input is PictureInput => 'rows' in input;

/** What a network takes, in words. */
export function inputInWords(input: ModelInput): string {
  return takesPictures(input) ? `pictures of ${input.rows} × ${input.columns}` : `waves of ${input.samples} samples`;
}

/** @throws RangeError where the model takes no pictures; `method` is who asks */
export function pictureInput({ id, architecture: { input } }: FrozenModel, method: string): PictureInput {
  if (takesPictures(input)) return input;
  throw new RangeError(`${method} changes pictures; ${id} takes ${inputInWords(input)}, so choose a method for sound or another model.`);
}

/** @throws RangeError where the model takes no waves; `method` is who asks */
export function waveInput({ id, architecture: { input } }: FrozenModel, method: string): WaveInput {
  if (!takesPictures(input)) return input;
  throw new RangeError(`${method} changes waves; ${id} takes ${inputInWords(input)}, so choose a method for pictures or another model.`);
}

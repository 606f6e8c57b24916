import type { PictureInput } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Manipulation } from '../types.ts';
import { frameMask } from './frame-mask.ts';

export interface BorderOptions {
  readonly input: PictureInput;
  /** The side of the centred picture that the border surrounds. */
  readonly pictureSize: number;
  /** The fixed canvas `[rows, columns, channels]` flattened, values in [0, 1]; what the picture covers is not shown. */
  readonly canvas: Float32Array;
}

/** A fixed border joined around a shrunken picture: nothing is learned. */
export function fixedBorder({ input, pictureSize, canvas }: BorderOptions): Manipulation {
  const shape = [input.rows, input.columns, input.channels];
  return {
    site: { location: 'input' },
    parameters: {},
    action: {
      operator: 'concatenative',
      join: { as: 'border', outside: frameMask(input, pictureSize) },
      extra: () => tf.tensor(canvas, shape),
    },
  };
}

import type { PictureInput } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import { zeros } from '../parameters.ts';
import type { Manipulation } from '../types.ts';
import { maskNetwork } from './mask-network.ts';
import { normalisedUnits } from './normalised-units.ts';

/** Sides of a cell that pooling can make. */
export const patchSides = [1, 2, 4, 8, 16] as const;

export interface MaskedPatternOptions {
  readonly input: PictureInput;
  /** The side of the square cells that share one value of the mask in every channel; one of {@link patchSides}. */
  readonly patch: number;
}

/**
 * A pattern under a mask that a trained network makes for every picture, x' = x + δ ⊙ up(m(x)): δ `[rows, columns, channels]`
 * from 0, in normalised units like the pictures that the mask network reads; `up` gives every pixel of a cell its value
 * (SMM: Cai et al. 2024, arXiv 2406.03150; tmlr-group/SMM:instance_model.py). All that it does to a picture is to add.
 * @throws RangeError where the cells don't fill the picture
 */
export function maskedPattern({ input, patch }: MaskedPatternOptions): Manipulation {
  const { rows, columns, channels } = input;
  const fits = (side: number): boolean => rows % side === 0 && columns % side === 0;
  if (!patchSides.some((side) => side === patch) || !fits(patch)) {
    throw new RangeError(
      `Cells of ${patch} pixels a side can't fill a picture of ${rows} × ${columns}; choose one of ${patchSides.filter(fits).join(', ')}.`,
    );
  }
  const { enter, leave } = normalisedUnits(input);
  const mask = maskNetwork(channels, patch);
  return {
    site: { location: 'input' },
    parameters: { pattern: zeros([rows, columns, channels]), ...mask.parameters },
    action: {
      operator: 'additive',
      addend: (λ, x) => {
        const { pattern } = λ;
        if (!pattern) throw new Error('A masked pattern was added without its parameter "pattern".');
        return tf.mul(enlarge(mask.compute(λ, enter(x)), patch), leave(pattern));
      },
    },
  };
}

/** `[batch, rows, columns, channels]` with every place repeated `times` × `times`. */
function enlarge(mask: Tensor, times: number): Tensor {
  if (times === 1) return mask;
  const [batch = 0, rows = 0, columns = 0, channels = 0] = mask.shape;
  const tall = tf.tile(tf.reshape(mask, [batch * rows, 1, columns * channels]), [1, times, 1]);
  const wide = tf.tile(tf.reshape(tall, [batch * rows * times * columns, 1, channels]), [1, times, 1]);
  return tf.reshape(wide, [batch, rows * times, columns * times, channels]);
}

import type { PictureInput } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';

/**
 * The units that a network computes in, (x − mean)/std. Programs of some papers are added there; as normalising is linear,
 * std · δ added to the raw picture is the same as δ added to the normalised one.
 */
export interface NormalisedUnits {
  /** Raw pictures `[batch, rows, columns, channels]` in these units. */
  readonly enter: (x: Tensor) => Tensor;
  /** An addend `[..., channels]` in these units as one of raw pictures. */
  readonly leave: (addend: Tensor) => Tensor;
}

/** The units of a network's input; nothing is computed where mean is 0 and std 1. */
export function normalisedUnits({ mean, std }: Pick<PictureInput, 'mean' | 'std'>): NormalisedUnits {
  const isCentred = mean.every((m) => m === 0);
  const isScaled = std.every((s) => s === 1);
  const enter = (x: Tensor): Tensor => {
    const centred = isCentred ? x : tf.sub(x, tf.tensor1d([...mean]));
    return isScaled ? centred : tf.div(centred, tf.tensor1d([...std]));
  };
  return { enter, leave: (addend) => (isScaled ? addend : tf.mul(addend, tf.tensor1d([...std]))) };
}

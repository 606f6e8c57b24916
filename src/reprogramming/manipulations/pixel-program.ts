import type { PictureInput } from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Manipulation } from '../types.ts';
import { frameMask } from './frame-mask.ts';

/** What bounds the program's values: nothing, σ to (0, 1), or tanh to (−1, 1). */
export type Bound = 'none' | 'sigmoid' | 'tanh';

const bounds: Readonly<Record<Bound, (w: Tensor) => Tensor>> = {
  none: (w) => w,
  sigmoid: (w) => tf.sigmoid(w),
  tanh: (w) => tf.tanh(w),
};

export interface PixelProgramOptions {
  readonly input: PictureInput;
  /** Where it acts: on the whole canvas, or only on the frame around a centred picture of this size. */
  readonly around: 'nothing' | { readonly pictureSize: number };
  readonly bound: Bound;
}

/**
 * A pixel program x' = x + bound(W) ⊙ M, added before normalisation; M is 1 everywhere, or 1 outside the centred picture.
 * W `[rows, columns, channels]` starts at 0, so that σ starts at mid-grey (ILM-VP, arXiv 2211.11635, and its code,
 * OPTML-Group/ILM-VP:models/visual_prompt.py) and an unbounded program starts as no program.
 */
export function pixelProgram({ input, around, bound }: PixelProgramOptions): Manipulation {
  const shape = [input.rows, input.columns, input.channels];
  const mask = around === 'nothing' ? null : frameMask(input, around.pictureSize);
  const size = shape.reduce((product, n) => product * n, 1);
  const active = mask ? mask.reduce((sum, value) => sum + value, 0) : size;
  return {
    site: { location: 'input' },
    parameters: { program: { shape, initial: () => new Float32Array(size), active } },
    action: {
      operator: 'additive',
      addend: ({ program }) => {
        if (!program) throw new Error('A pixel program was applied without its parameter "program".');
        const bounded = bounds[bound](program);
        return mask ? tf.mul(bounded, tf.tensor(mask, shape)) : bounded;
      },
    },
  };
}

import { pixelProgram } from '../../reprogramming/index.ts';
import { resizeBilinear } from '../../tasks/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import { checkPixelProgram } from '../pixel-program-case.ts';
import type { PixelProgramMethod } from '../pixel-program-case.ts';
import type { Runner } from '../types.ts';

/** A watermark over the whole enlarged picture: x' = normalise(up(x) + bound(W)). */
export const runner: Runner = (oracle) =>
  checkPixelProgram(oracle, {
    fit: enlarge,
    manipulation: (input, { bound }) => pixelProgram({ input, around: 'nothing', bound }),
    parameters: { W: { name: 'program', channelsFirst: true } },
  });

/** The pictures as the engine brings them to a network's size. */
function enlarge(pictures: Tensor, { canvas }: PixelProgramMethod): Tensor {
  const [batch = 0, rows = 0, columns = 0, channels = 0] = pictures.shape;
  const values = pictures.dataSync();
  const size = rows * columns * channels;
  const enlarged = Array.from({ length: batch }, (_, n) => {
    const picture = resizeBilinear(values.subarray(n * size, (n + 1) * size), [rows, columns, channels], [canvas, canvas]);
    return tf.tensor3d(picture, [canvas, canvas, channels]);
  });
  return tf.stack(enlarged);
}

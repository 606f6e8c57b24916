import { frameMask, pixelProgram } from '../reprogramming/index.ts';
import type { Bound } from '../reprogramming/index.ts';
import { shapeOf } from './compare.ts';
import { checkMask, checkPixelProgram, padToCanvas } from './pixel-program-case.ts';
import type { Check, OracleCase } from './types.ts';

/** A program on the frame around a padded picture; `bound` where the case doesn't say it. */
export async function checkPaddedProgram(oracle: OracleCase, bound?: Bound): Promise<readonly Check[]> {
  const [, rows = 0, columns = 0] = shapeOf(oracle, 'input.mask');
  const [, channels = 0, pictureSize = 0] = shapeOf(oracle, 'input.images');
  const input = { rows, columns, channels, mean: [], std: [] };
  return [
    checkMask(oracle, frameMask(input, pictureSize), channels),
    ...(await checkPixelProgram(oracle, {
      fit: padToCanvas,
      manipulation: (canvas, method) =>
        pixelProgram({ input: canvas, around: { pictureSize: method.imageSize }, bound: bound ?? method.bound }),
      parameters: { W: { name: 'program', channelsFirst: true } },
    })),
  ];
}

import { z } from 'zod';
import { clipPixels, pillowFilters, resizePillow, resizeTorch } from '../../tasks/index.ts';
import type { PictureShape, Size, TorchResize } from '../../tasks/index.ts';
import { compare, shapeOf, valuesOf } from '../compare.ts';
import type { Check, Runner } from '../types.ts';

const methodSchema = z.object({
  crop: z.number().int().positive().optional(),
  mean: z.array(z.number()).optional(),
  std: z.array(z.number()).optional(),
});
const torchModes: readonly TorchResize['mode'][] = ['nearest', 'nearest-exact', 'bilinear', 'bicubic'];

/** `[rows, columns, channels]` → `[channels, rows, columns]` */
function channelsFirst(values: Float32Array, [rows, columns]: Size, channels: number): Float32Array {
  const plane = rows * columns;
  return values.map((_, i) => values[(i % plane) * channels + Math.floor(i / plane)] ?? NaN);
}

/**
 * Resizes `input.image` in every way that an expected tensor asks for: `expect.pillow.<filter>.<rows>x<columns>`,
 * `expect.torch.<mode>[.antialias][.corners].<rows>x<columns>` (values / 255, channels first), and CLIP's
 * preprocessing.
 */
export const runner: Runner = async (oracle) => {
  const { crop, mean, std } = z.object({ method: methodSchema }).parse(oracle.json).method;
  const [rows = 0, columns = 0, channels = 0] = shapeOf(oracle, 'input.image');
  const shape: PictureShape = [rows, columns, channels];
  const bytes = Uint8Array.from(valuesOf(oracle, 'input.image'));
  const scaled = Float32Array.from(bytes, (byte) => byte / 255);

  const compute = (name: string): ArrayLike<number> => {
    const [, library, ...words] = name.split('.');
    if (library === 'clip' && crop !== undefined && mean && std) {
      const { cropped, pixels } = clipPixels(bytes, shape, { size: crop, mean, std });
      if (words[0] === 'cropped') return cropped;
      if (words[0] === 'pixels') return pixels;
    }
    const size = /^(\d+)x(\d+)$/.exec(words.at(-1) ?? '');
    const to: Size = [Number(size?.[1]), Number(size?.[2])];
    const filter = pillowFilters.find((known) => known === words[0]);
    if (size && library === 'pillow' && filter && words.length === 2) return resizePillow(bytes, shape, to, filter);
    const mode = torchModes.find((known) => known === words[0]);
    const flags = words.slice(1, -1);
    if (size && library === 'torch' && mode && flags.every((flag) => flag === 'antialias' || flag === 'corners')) {
      const how = { mode, antialias: flags.includes('antialias'), alignCorners: flags.includes('corners') };
      return channelsFirst(resizeTorch(scaled, shape, to, how), to, channels);
    }
    throw new Error(`The case expects '${name}', which says nothing that resizing knows.`);
  };

  const expected = [...oracle.tensors.keys()].filter((name) => name.startsWith('expect.'));
  return expected.map((name): Check => compare(oracle, name, compute(name)));
};

import { clipPixels } from './resize.ts';
import type { PictureShape } from './resize.ts';

/** A picture as it comes: bytes row by row, pixel by pixel. */
export interface Picture {
  readonly values: Uint8Array;
  readonly shape: PictureShape;
}

/** Three channels from one; what has transparency, or isn't a picture, is refused. */
function inColour({ values, shape: [rows, columns, channels] }: Picture, index: number): Uint8Array {
  const sides = [rows, columns, channels];
  if (sides.some((side) => !Number.isInteger(side) || side < 1) || values.length !== rows * columns * channels) {
    throw new RangeError(`Picture ${index} has ${values.length} bytes, which are no picture of shape [${sides.join(', ')}].`);
  }
  if (channels === 2 || channels === 4) {
    throw new RangeError(`Picture ${index} has an alpha channel (${channels} channels), and what shines through isn't known: put it on a background first.`);
  }
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`Picture ${index} has ${channels} channels; pictures are grey with 1 or in colour with 3.`);
  }
  return channels === 3 ? values : Uint8Array.from({ length: values.length * 3 }, (_, i) => values[Math.floor(i / 3)] ?? 0);
}

/**
 * Pictures of any size as CLIP's image tower takes them, `[pictures, size, size, 3]` with values in [0, 1]: the shorter side
 * to `size` (antialiased bicubic on 8 bits, bit for bit as Pillow), the square in the centre, bytes / 255. The tower
 * normalises them itself. Grey is repeated in three channels.
 * Source: openai/CLIP:clip/clip.py.
 * @throws RangeError for bytes that don't fit their shape, and for pictures with an alpha channel
 */
export function clipPictures(pictures: readonly Picture[], size: number): Float32Array {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`Pictures can't be brought to a side of ${size} pixels.`);
  const one = size * size * 3;
  const all = new Float32Array(pictures.length * one);
  pictures.forEach((picture, index) => {
    const [rows, columns] = picture.shape;
    const { cropped } = clipPixels(inColour(picture, index), [rows, columns, 3], { size, mean: [0, 0, 0], std: [1, 1, 1] });
    for (let i = 0; i < one; i += 1) all[index * one + i] = (cropped[i] ?? 0) / 255;
  });
  return all;
}

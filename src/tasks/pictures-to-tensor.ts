import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { pictureAt } from './picture-set.ts';
import type { PictureSet } from './picture-set.ts';
import { resizeBilinear } from './resize.ts';

/** The pictures a network takes. */
export interface PictureSize {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/** How pictures are brought to a network's size: resized to `size` × `size` and put in the middle of zeros. */
export interface PictureFit {
  readonly size: number;
}

// ITU-R BT.601, as in most libraries' conversion to grey
const luma = [0.299, 0.587, 0.114] as const;

/** Bytes → [0, 1], `[rows · columns · channels]`; with `toGrey` three channels become one, their luma. */
function decode(picture: Uint8Array, toGrey: boolean): Float32Array {
  const values = new Float32Array(toGrey ? picture.length / 3 : picture.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = toGrey
      ? (luma[0] * (picture[3 * i] ?? 0) + luma[1] * (picture[3 * i + 1] ?? 0) + luma[2] * (picture[3 * i + 2] ?? 0)) / 255
      : (picture[i] ?? 0) / 255;
  }
  return values;
}

/**
 * The pictures `indices` of a set as a network takes them, `[indices, rows, columns, channels]` row-major, values in
 * [0, 1]: bytes / 255, grey repeated over three channels or colour weighed to grey, resized to `fit.size` (bilinear,
 * half-pixel centres, antialiased where it shrinks; the same picture where the size is the same), and centred on
 * zeros. With an odd difference the extra row and column of zeros are at the top and on the left.
 */
export function fitPictures(
  set: PictureSet,
  indices: Int32Array | readonly number[],
  { rows, columns, channels }: PictureSize,
  { size }: PictureFit,
): Float32Array {
  if (!Number.isInteger(size) || size < 1 || size > Math.min(rows, columns)) {
    throw new RangeError(`pictures of ${size} × ${size} do not fit a network that takes ${rows} × ${columns}`);
  }
  const [setRows, setColumns, setChannels] = set.shape;
  const repeats = setChannels === 1 && channels === 3 ? 3 : 1;
  const toGrey = setChannels === 3 && channels === 1;
  if (setChannels !== channels && repeats === 1 && !toGrey) {
    throw new RangeError(
      `pictures with ${setChannels} channels cannot be given to a network that takes ${channels}: only 1 and 3 convert`,
    );
  }
  const depth = channels / repeats;
  const isSame = setRows === size && setColumns === size;
  const top = Math.ceil((rows - size) / 2);
  const left = Math.ceil((columns - size) / 2);
  const fitted = new Float32Array(indices.length * rows * columns * channels);
  indices.forEach((index, n) => {
    const decoded = decode(pictureAt(set, index), toGrey);
    const picture = isSame ? decoded : resizeBilinear(decoded, [setRows, setColumns, depth], [size, size]);
    for (let row = 0; row < size; row++) {
      const from = row * size * depth;
      const to = ((n * rows + top + row) * columns + left) * channels;
      for (let i = 0; i < size * channels; i++) fitted[to + i] = picture[from + Math.floor(i / repeats)] ?? 0;
    }
  });
  return fitted;
}

/** {@link fitPictures} as a float32 tensor `[indices, rows, columns, channels]`; the caller owns it. */
export function picturesToTensor(
  set: PictureSet,
  indices: Int32Array | readonly number[],
  input: PictureSize,
  fit: PictureFit,
): Tensor {
  const { rows, columns, channels } = input;
  return tf.tensor4d(fitPictures(set, indices, input, fit), [indices.length, rows, columns, channels]);
}

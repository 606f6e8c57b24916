import type { PictureInput } from '../../models/index.ts';

/**
 * 1 outside a centred square of `pictureSize`, 0 inside it, `[rows, columns, channels]` flattened. An odd difference puts
 * the extra pixel on the left and on the top, as the padding of a picture does. Throws a `RangeError` where the picture
 * doesn't fit or leaves no frame.
 */
export function frameMask(input: PictureInput, pictureSize: number): Float32Array {
  const { rows, columns, channels } = input;
  if (pictureSize < 1 || pictureSize >= Math.min(rows, columns)) {
    throw new RangeError(
      `A picture of ${pictureSize} × ${pictureSize} leaves no frame on a canvas of ${rows} × ${columns}; choose 1 to ${Math.min(rows, columns) - 1}.`,
    );
  }
  const top = Math.ceil((rows - pictureSize) / 2);
  const left = Math.ceil((columns - pictureSize) / 2);
  const mask = new Float32Array(rows * columns * channels).fill(1);
  for (let row = top; row < top + pictureSize; row++) {
    const start = (row * columns + left) * channels;
    mask.fill(0, start, start + pictureSize * channels);
  }
  return mask;
}

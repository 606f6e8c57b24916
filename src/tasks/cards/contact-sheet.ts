/** Pictures of one size laid out in rows, with a light line between. */
export interface Sheet {
  readonly pixels: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

const gap = 1;
const paper = 255;

/**
 * Lays `pictures` (each `shape` bytes, row by row) out with `across` in a row; enlarged `zoom` times by repetition.
 */
export function contactSheet(
  pictures: readonly Uint8Array[],
  shape: readonly [rows: number, columns: number, channels: number],
  across: number,
  zoom = 1,
): Sheet {
  const [height, width, channels] = shape;
  const stepDown = height * zoom + gap;
  const stepRight = width * zoom + gap;
  const rows = Math.ceil(pictures.length / across) * stepDown + gap;
  const columns = across * stepRight + gap;
  const pixels = new Uint8Array(rows * columns * channels).fill(paper);
  pictures.forEach((picture, n) => {
    const top = gap + Math.floor(n / across) * stepDown;
    const left = gap + (n % across) * stepRight;
    for (let row = 0; row < height * zoom; row++) {
      for (let column = 0; column < width * zoom; column++) {
        const from = (Math.floor(row / zoom) * width + Math.floor(column / zoom)) * channels;
        const to = ((top + row) * columns + left + column) * channels;
        pixels.set(picture.subarray(from, from + channels), to);
      }
    }
  });
  return { pixels, rows, columns };
}

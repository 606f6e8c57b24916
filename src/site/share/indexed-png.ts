import { zlibSync } from 'fflate';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const whole = new Uint8Array(12 + body.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, body.length);
  whole.set(new TextEncoder().encode(type), 4);
  whole.set(body, 8);
  view.setUint32(8 + body.length, crc(whole.subarray(4, 8 + body.length)));
  return whole;
}

/** A colour that covers this many pixels of a share picture is flat and is kept exactly; the others are the soft edges between two of those. */
const flatInShare = 8000;

/** Soft edges need few shades: three bits a channel. */
const coarse = (pixel: number): number => ((pixel & 0xe0) << 1) | ((pixel >> 10) & 0x38) | ((pixel >> 21) & 0x07);

function countsOf(pixels: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  // Flat colours come in long runs, each counted at once.
  for (let start = 0, end = 0; start < pixels.length; start = end) {
    const pixel = pixels[start] ?? 0;
    while (end < pixels.length && pixels[end] === pixel) end += 1;
    counts.set(pixel, (counts.get(pixel) ?? 0) + end - start);
  }
  return counts;
}

interface Palette {
  readonly colours: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
}

/** At most 256 colours: the flat ones, then the commonest of each shade of the edges. */
function paletteOf(pixels: Uint32Array, flat: number): Palette {
  const ranked = [...countsOf(pixels)].toSorted(([a, x], [b, y]) => y - x || a - b);
  const colours: number[] = [];
  const shades = new Map<number, number>();
  const indexOf = new Map<number, number>();
  for (const [colour, count] of ranked) {
    const shade = count >= flat ? undefined : shades.get(coarse(colour));
    const index = shade ?? (colours.length < 256 ? colours.push(colour) - 1 : nearest(colours, colour));
    if (count < flat) shades.set(coarse(colour), index);
    indexOf.set(colour, index);
  }
  return { colours, indexOf };
}

function nearest(colours: readonly number[], to: number): number {
  let [found, least] = [0, Infinity];
  for (const [i, colour] of colours.entries()) {
    const distance = [0, 8, 16].reduce((sum, shift) => {
      const d = ((colour >> shift) & 0xff) - ((to >> shift) & 0xff);
      return sum + d * d;
    }, 0);
    if (distance < least) [found, least] = [i, distance];
  }
  return found;
}

/**
 * An opaque picture as a PNG of at most 256 colours; the same bytes on every machine.
 * @param rgba four bytes a pixel, row by row
 * @param flat colours that cover fewer pixels may be replaced by others that are near
 */
export function indexedPng(rgba: Uint8Array, width: number, height: number, flat = flatInShare): Uint8Array {
  const pixels = new Uint32Array(rgba.slice().buffer);
  if (pixels.length !== width * height) throw new RangeError(`${rgba.length} bytes are no picture of ${width} × ${height} pixels.`);
  const { colours, indexOf } = paletteOf(pixels, flat);
  const rows = new Uint8Array((width + 1) * height);
  let [last, index] = [-1, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = pixels[y * width + x] ?? 0;
      if (pixel !== last) [last, index] = [pixel, indexOf.get(pixel) ?? 0];
      // Each row starts with a byte for its filter: none.
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a pixel, an index into the palette, no interlacing.
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Uint8Array.from(colours.flatMap((colour) => [colour & 0xff, (colour >> 8) & 0xff, (colour >> 16) & 0xff]));
  const parts = [signature, chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', zlibSync(rows, { level: 7 })), chunk('IEND', new Uint8Array(0))];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

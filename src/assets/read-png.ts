import { ByteReader } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { inflate, inflatedAtMost } from './inflate.ts';
import type { TensorData } from './tensor-data.ts';

interface Header {
  readonly columns: number;
  readonly rows: number;
  /** Bits of one sample. */
  readonly depth: number;
  readonly colour: number;
}

interface Colour {
  readonly channels: number;
  readonly depths: readonly number[];
  readonly palette: boolean;
}

/** Colour types by their number in the header. */
const colours: ReadonlyMap<number, Colour> = new Map([
  [0, { channels: 1, depths: [1, 2, 4, 8], palette: false }],
  [2, { channels: 3, depths: [8], palette: false }],
  [3, { channels: 1, depths: [1, 2, 4, 8], palette: true }],
  [4, { channels: 2, depths: [8], palette: false }],
  [6, { channels: 4, depths: [8], palette: false }],
]);
const largestPicture = 1 << 28;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function readHeader(chunk: ByteReader): { header: Header; colour: Colour } {
  const columns = chunk.uint32('the width', false);
  const rows = chunk.uint32('the height', false);
  const depth = chunk.uint8('the bit depth');
  const colourType = chunk.uint8('the colour type');
  const compression = chunk.uint8('the compression');
  const filter = chunk.uint8('the filter method');
  const interlace = chunk.uint8('the interlace method');
  chunk.finish('the header');
  const colour = colours.get(colourType) ?? chunk.fail(`colour type ${colourType} is not one of PNG's`);
  if (!colour.depths.includes(depth)) chunk.fail(`${depth}-bit samples of colour type ${colourType} are not read here`);
  if (compression !== 0 || filter !== 0) chunk.fail('an unknown compression or filter method');
  if (interlace !== 0) chunk.fail('an interlaced picture; save it without interlacing');
  if (columns < 1 || rows < 1 || columns * rows * colour.channels > largestPicture) {
    chunk.fail(`a picture of ${columns} × ${rows}`);
  }
  return { header: { columns, rows, depth, colour: colourType }, colour };
}

/** The Paeth predictor: whichever of left, above, upper left is nearest to left + above − upper left. */
function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

type Predictor = (left: number, above: number, corner: number) => number;
const predictors: readonly Predictor[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/**
 * Undoes the row filters in place; `rows` of one filter byte and `stride` bytes each. Returns the bytes without
 * filter bytes.
 */
function unfilter(
  data: Uint8Array,
  rows: number,
  stride: number,
  step: number,
  fail: (reason: string) => never,
): Uint8Array {
  const out = new Uint8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const from = row * (stride + 1);
    const to = row * stride;
    const code = data[from] ?? 255;
    const predict = predictors[code] ?? fail(`row ${row} has filter ${code}, which PNG does not know`);
    for (let i = 0; i < stride; i++) {
      const left = i >= step ? (out[to + i - step] ?? 0) : 0;
      const above = row > 0 ? (out[to + i - stride] ?? 0) : 0;
      const corner = row > 0 && i >= step ? (out[to + i - stride - step] ?? 0) : 0;
      out[to + i] = (data[from + 1 + i] ?? 0) + predict(left, above, corner);
    }
  }
  return out;
}

/** Samples of fewer than 8 bits, one byte each (not scaled). */
function unpackBits(bytes: Uint8Array, rows: number, columns: number, stride: number, depth: number): Uint8Array {
  const perByte = 8 / depth;
  const mask = (1 << depth) - 1;
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const byte = bytes[row * stride + Math.floor(column / perByte)] ?? 0;
      out[row * columns + column] = (byte >> (8 - depth * ((column % perByte) + 1))) & mask;
    }
  }
  return out;
}

function throughPalette(
  indices: Uint8Array,
  palette: Uint8Array,
  alpha: Uint8Array | undefined,
  fail: (reason: string) => never,
): Uint8Array {
  const channels = alpha ? 4 : 3;
  const out = new Uint8Array(indices.length * channels);
  indices.forEach((index, i) => {
    if (index * 3 >= palette.length) fail(`pixel ${i} has colour ${index} of a palette of ${palette.length / 3}`);
    out.set(palette.subarray(index * 3, index * 3 + 3), i * channels);
    if (alpha) out[i * channels + 3] = alpha[index] ?? 255;
  });
  return out;
}

/**
 * Reads a PNG picture of up to 8 bits a sample into uint8 `[rows, columns, channels]`: grey 1, grey with alpha 2,
 * RGB 3, RGBA 4 channels; palettes become RGB, or RGBA where they have transparency; fewer bits are scaled to 0…255.
 * Every chunk's CRC is checked; interlaced and 16-bit pictures are refused. Throws {@link FormatError}.
 * Format: W3C PNG specification.
 */
export async function readPng(bytes: Uint8Array, file: string): Promise<TensorData> {
  const reader = new ByteReader(bytes, file);
  reader.magic(signature, 'a PNG picture');
  let found: ReturnType<typeof readHeader> | undefined;
  let palette: Uint8Array | undefined;
  let alpha: Uint8Array | undefined;
  const data: Uint8Array[] = [];
  let dataOffset = 0;
  for (let ended = false; !ended; ) {
    const at = reader.position;
    const length = reader.uint32('a chunk', false);
    const named = reader.take(4, 'a chunk');
    const name = String.fromCharCode(...named);
    if (!/^[A-Za-z]{4}$/.test(name)) reader.fail('a chunk without a name', at);
    const content = reader.take(length, `chunk ${name}`);
    if (reader.uint32('a checksum', false) !== crc32(bytes.subarray(at + 4, at + 8 + length))) {
      reader.fail(`chunk ${name} is damaged: its CRC-32 differs`, at);
    }
    if (!found && name !== 'IHDR') reader.fail('the header must come first', at);
    if (name === 'IHDR') {
      if (found) reader.fail('a second header', at);
      found = readHeader(new ByteReader(content, `${file} (IHDR)`));
    } else if (name === 'PLTE') {
      if (palette || data.length > 0 || length % 3 !== 0 || length === 0 || length > 768) {
        reader.fail('a palette of wrong length or place', at);
      }
      palette = content;
    } else if (name === 'tRNS') {
      if (found?.colour.palette && palette && length <= palette.length / 3) alpha = content;
    } else if (name === 'IDAT') {
      if (data.length === 0) dataOffset = at;
      data.push(content);
    } else if (name === 'IEND') {
      ended = true;
    } else if (/^[A-Z]/.test(name)) {
      reader.fail(`chunk ${name} is needed to understand the picture and not known here`, at);
    }
  }
  reader.finish('the last chunk');
  if (!found || data.length === 0) return reader.fail('the picture has no pixels');

  const { header, colour } = found;
  const { rows, columns, depth } = header;
  const fail = (reason: string): never => reader.fail(reason, dataOffset);
  const stride = Math.ceil((columns * colour.channels * depth) / 8);
  const expected = rows * (stride + 1);
  const packedLength = data.reduce((sum, part) => sum + part.length, 0);
  if (expected > inflatedAtMost(packedLength)) fail(`${packedLength} bytes cannot hold ${columns} × ${rows} pixels`);
  const packed = new Uint8Array(packedLength);
  data.reduce((position, part) => {
    packed.set(part, position);
    return position + part.length;
  }, 0);
  const raw = await inflate({ bytes: packed, format: 'deflate', file, offset: dataOffset, atMost: expected });
  if (raw.length !== expected) fail(`${raw.length} bytes of pixels; ${columns} × ${rows} take ${expected}`);

  const lines = unfilter(raw, rows, stride, Math.max(1, (colour.channels * depth) >> 3), fail);
  const samples = depth === 8 ? lines : unpackBits(lines, rows, columns, stride, depth);
  if (colour.palette) {
    const values = throughPalette(samples, palette ?? fail('a palette is missing'), alpha, fail);
    return { dtype: 'uint8', shape: [rows, columns, alpha ? 4 : 3], values };
  }
  const scale = 255 / ((1 << depth) - 1);
  const values = depth === 8 ? samples : samples.map((sample) => sample * scale);
  return { dtype: 'uint8', shape: [rows, columns, colour.channels], values };
}

import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A part of a picture, in pixels from the upper left corner. */
export interface Part {
  readonly width: number;
  readonly height: number;
}

const signature = Buffer.of(137, 80, 78, 71, 13, 10, 26, 10);
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3 };
const filters = [0, 1, 2, 3, 4] as const;

/** What a filter of PNG foretells of a byte from those at the left, above, and above at the left. */
function foretold(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function unfiltered(data: Buffer, rows: number, stride: number, channels: number): Uint8Array {
  const pixels = new Uint8Array(rows * stride);
  for (let row = 0; row < rows; row++) {
    const filter = data[row * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i++) {
      const at = row * stride + i;
      const left = i >= channels ? (pixels[at - channels] ?? 0) : 0;
      const above = row > 0 ? (pixels[at - stride] ?? 0) : 0;
      const corner = row > 0 && i >= channels ? (pixels[at - stride - channels] ?? 0) : 0;
      pixels[at] = (data[row * (stride + 1) + 1 + i] ?? 0) + foretold(filter, left, above, corner);
    }
  }
  return pixels;
}

/** Each row with the filter that leaves the smallest differences. */
function filtered(pixels: Uint8Array, rows: number, stride: number, channels: number): Uint8Array {
  const data = new Uint8Array(rows * (stride + 1));
  for (let row = 0; row < rows; row++) {
    const lines = filters.map((filter) => {
      const line = new Uint8Array(stride);
      let cost = 0;
      for (let i = 0; i < stride; i++) {
        const at = row * stride + i;
        const left = i >= channels ? (pixels[at - channels] ?? 0) : 0;
        const above = row > 0 ? (pixels[at - stride] ?? 0) : 0;
        const corner = row > 0 && i >= channels ? (pixels[at - stride - channels] ?? 0) : 0;
        const rest = ((pixels[at] ?? 0) - foretold(filter, left, above, corner)) & 255;
        line[i] = rest;
        cost += Math.min(rest, 256 - rest);
      }
      return { filter, line, cost };
    });
    const best = lines.toSorted((a, b) => a.cost - b.cost)[0];
    if (!best) continue;
    data[row * (stride + 1)] = best.filter;
    data.set(best.line, row * (stride + 1) + 1);
  }
  return data;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/**
 * The upper left part of a PNG picture, pixel by pixel as it is. Reads what sheets of samples are: grey or colour, eight
 * bits a channel, not interlaced.
 *
 * @throws {Error} on any other picture
 */
export function cropPng(file: Buffer, part: Part): Buffer {
  if (!file.subarray(0, 8).equals(signature)) throw new Error('This is no PNG picture.');
  const header = file.subarray(16, 29);
  const [width, height, depth, colour, interlaced] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9] ?? -1, header[12]];
  const channels = channelsOf[colour];
  if (depth !== 8 || channels === undefined || interlaced !== 0) throw new Error('Only grey and colour pictures of eight bits a channel can be cut.');
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(packed)), height, width * channels, channels);
  const [columns, rows] = [Math.min(part.width, width), Math.min(part.height, height)];
  const cut = new Uint8Array(rows * columns * channels);
  for (let row = 0; row < rows; row++) {
    cut.set(pixels.subarray(row * width * channels, (row * width + columns) * channels), row * columns * channels);
  }
  const own = Buffer.from(header);
  own.writeUInt32BE(columns, 0);
  own.writeUInt32BE(rows, 4);
  const body = deflateSync(filtered(cut, rows, columns * channels, channels), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', own), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

import { inflateSync } from 'node:zlib';

const headerLength = 12;
const rowLength = 16;

/**
 * A font of the web (WOFF 1.0) as the font file that systems install: the same tables, unpacked. Source: W3C
 * Recommendation "WOFF File Format 1.0", sections 3 to 5.
 * @throws {Error} where the bytes are no WOFF file.
 */
export function sfntOfWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('This is no WOFF font: it does not begin with "wOFF".');
  const count = woff.readUInt16BE(12);
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(headerLength + rowLength * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * rowLength, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * rowLength, 10);
  const parts: Uint8Array[] = [head];
  let end = head.length;
  for (let i = 0; i < count; i += 1) {
    const from = 44 + 20 * i;
    const offset = woff.readUInt32BE(from + 4);
    const packed = woff.readUInt32BE(from + 8);
    const length = woff.readUInt32BE(from + 12);
    const bytes = woff.subarray(offset, offset + packed);
    const row = headerLength + rowLength * i;
    woff.copy(head, row, from, from + 4);
    woff.copy(head, row + 4, from + 16, from + 20);
    head.writeUInt32BE(end, row + 8);
    head.writeUInt32BE(length, row + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(packed < length ? inflateSync(bytes) : bytes, padding);
    end += length + padding.length;
  }
  return Buffer.concat(parts);
}

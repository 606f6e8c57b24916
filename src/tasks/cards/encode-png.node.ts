import { crc32, deflateSync } from 'node:zlib';

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** The bytes of each row less the row above (filter 2 of PNG), which compresses drawn pictures well. */
function filterRows(pixels: Uint8Array, rows: number, stride: number): Uint8Array {
  const filtered = new Uint8Array(rows * (stride + 1));
  for (let row = 0; row < rows; row++) {
    filtered[row * (stride + 1)] = 2;
    for (let i = 0; i < stride; i++) {
      const above = row > 0 ? (pixels[(row - 1) * stride + i] ?? 0) : 0;
      filtered[row * (stride + 1) + 1 + i] = (pixels[row * stride + i] ?? 0) - above;
    }
  }
  return filtered;
}

/** A PNG file, 8 bits a channel: `pixels` row by row, 1 (grey) or 3 (red, green, blue) channels. */
export function encodePng(pixels: Uint8Array, rows: number, columns: number, channels: 1 | 3): Uint8Array {
  const stride = columns * channels;
  if (pixels.length !== rows * stride) {
    throw new RangeError(`a picture of ${rows} × ${columns} × ${channels} has ${rows * stride} bytes, found ${pixels.length}`);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  header.set([8, channels === 1 ? 0 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filterRows(pixels, rows, stride), { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

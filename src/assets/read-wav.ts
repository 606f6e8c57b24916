import { ByteReader } from './bytes.ts';
import type { TensorData } from './tensor-data.ts';

/** Sound as numbers. */
export interface Sound {
  /** Frames a second. */
  readonly sampleRate: number;
  /** float32 `[frames, channels]`; full scale is −1…1. */
  readonly samples: TensorData;
}

const pcm = 1;
const ieeeFloat = 3;
const extensible = 0xfffe;

type Sample = (view: DataView, offset: number) => number;
/** Sample readers by `<format code>/<bits>`. 8-bit PCM is unsigned, wider PCM signed. */
const samples: ReadonlyMap<string, Sample> = new Map<string, Sample>([
  [`${pcm}/8`, (view, at) => (view.getUint8(at) - 128) / 128],
  [`${pcm}/16`, (view, at) => view.getInt16(at, true) / 32768],
  [`${pcm}/24`, (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65536) / 8388608],
  [`${pcm}/32`, (view, at) => view.getInt32(at, true) / 2147483648],
  [`${ieeeFloat}/32`, (view, at) => view.getFloat32(at, true)],
  [`${ieeeFloat}/64`, (view, at) => view.getFloat64(at, true)],
]);

interface Format {
  readonly channels: number;
  readonly sampleRate: number;
  readonly bits: number;
  readonly read: Sample;
}

function readFormat(chunk: ByteReader): Format {
  const tag = chunk.uint16('the sample format');
  const channels = chunk.uint16('the number of channels');
  const sampleRate = chunk.uint32('the sample rate');
  chunk.advance(4, 'the byte rate');
  const frame = chunk.uint16('the frame size');
  const bits = chunk.uint16('the sample size');
  let code = tag;
  if (tag === extensible) {
    chunk.advance(8, 'the extended format');
    code = chunk.uint16('the extended format');
  }
  const read = samples.get(`${code}/${bits}`) ?? chunk.fail(
    `samples of ${bits} bits in format ${code} are not read here`,
    0,
  );
  if (channels < 1 || sampleRate < 1) chunk.fail(`${channels} channels at ${sampleRate} Hz`, 2);
  if (frame !== (channels * bits) / 8) {
    chunk.fail(`a frame of ${frame} bytes for ${channels} samples of ${bits} bits`, 12);
  }
  return { channels, sampleRate, bits, read };
}

/**
 * Reads a WAV file: PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64. Other chunks are passed over. Throws
 * {@link FormatError}.
 */
export function readWav(bytes: Uint8Array, file: string): Sound {
  const reader = new ByteReader(bytes, file);
  if (reader.latin1(4, 'a RIFF file') !== 'RIFF') reader.fail('a RIFF file expected; this is another format', 0);
  const length = reader.uint32('the length');
  if (length !== reader.left && length !== reader.left - 1) {
    reader.fail(`the file states ${length} bytes, ${reader.left} are there`, 4);
  }
  if (reader.latin1(4, 'a WAVE file') !== 'WAVE') reader.fail('a WAVE file expected; this is another RIFF file', 8);
  let format: Format | undefined;
  let data: { start: number; length: number } | undefined;
  while (reader.left > 1) {
    const at = reader.position;
    const name = reader.latin1(4, 'a chunk');
    const size = reader.uint32(`chunk ${name}`);
    const start = reader.advance(size, `chunk ${name}`);
    if (size % 2 === 1 && reader.left > 0) reader.advance(1, 'a padding byte');
    if (name === 'fmt ') {
      if (format) reader.fail('a second format', at);
      format = readFormat(new ByteReader(bytes.subarray(start, start + size), `${file} (fmt)`));
    }
    if (name === 'data') {
      if (data) reader.fail('a second stretch of samples', at);
      if (!format) reader.fail('samples before their format', at);
      data = { start, length: size };
    }
  }
  if (!format || !data) return reader.fail('the file has no samples');

  const { channels, sampleRate, bits, read } = format;
  const width = bits / 8;
  const frames = data.length / (width * channels);
  if (!Number.isInteger(frames)) reader.fail(`${data.length} bytes are no whole number of frames`, data.start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(frames * channels);
  for (let i = 0; i < values.length; i++) {
    const value = read(view, data.start + i * width);
    if (!Number.isFinite(value)) reader.fail(`sample ${i} is ${value}`, data.start + i * width);
    values[i] = value;
  }
  return { sampleRate, samples: { dtype: 'float32', shape: [frames, channels], values } };
}

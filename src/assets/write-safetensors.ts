import { numberToFloat16 } from './float16.ts';
import type { TensorData } from './tensor-data.ts';

export interface WriteOptions {
  /** How float32 tensors are stored; default `'float32'`. Float16 rounds to nearest even. */
  readonly floats?: 'float16' | 'float32';
  readonly metadata?: Readonly<Record<string, string>>;
}

function encode(tensor: TensorData, floats: 'float16' | 'float32'): { dtype: string; bytes: Uint8Array } {
  const { values, dtype } = tensor;
  if (dtype === 'float32' && floats === 'float16') {
    const halves = Uint16Array.from(values, numberToFloat16);
    return { dtype: 'F16', bytes: new Uint8Array(halves.buffer) };
  }
  const code = { float32: 'F32', int32: 'I32', uint8: 'U8' }[dtype];
  return { dtype: code, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}

/**
 * Writes tensors as a safetensors file. The bytes depend on names, shapes, values and options alone: tensors stand in
 * the order of their names, the header is padded with spaces so that data start at a multiple of 8. Throws
 * `RangeError` when a value is not finite, or not finite any more as float16.
 */
export function writeSafetensors(tensors: ReadonlyMap<string, TensorData>, options: WriteOptions = {}): Uint8Array {
  const header: Record<string, unknown> = {};
  const { floats = 'float32', metadata } = options;
  if (metadata) {
    header['__metadata__'] = Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const [name, tensor] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const limit = floats === 'float16' ? 65520 : Number.POSITIVE_INFINITY;
    const bad = tensor.values.findIndex((value) => !(Math.abs(value) < limit));
    if (tensor.dtype === 'float32' && bad >= 0) {
      throw new RangeError(`tensor "${name}": element ${bad} is ${tensor.values[bad]}, which ${floats} cannot hold`);
    }
    const { dtype, bytes } = encode(tensor, floats);
    header[name] = { dtype, shape: tensor.shape, data_offsets: [length, length + bytes.length] };
    parts.push(bytes);
    length += bytes.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + length).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(text, 8);
  let position = 8 + headerLength;
  for (const part of parts) {
    file.set(part, position);
    position += part.length;
  }
  return file;
}

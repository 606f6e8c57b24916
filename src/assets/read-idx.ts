import { ByteReader } from './bytes.ts';
import { decodeElements, elementSize } from './elements.ts';
import type { ElementType } from './elements.ts';
import { countElements } from './tensor-data.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

const types: ReadonlyMap<number, ElementType> = new Map([
  [0x08, 'uint8'],
  [0x09, 'int8'],
  [0x0b, 'int16'],
  [0x0c, 'int32'],
  [0x0d, 'float32'],
  [0x0e, 'float64'],
]);

/**
 * Reads an idx array (the format of MNIST: two zero bytes, type, rank, big-endian sizes, big-endian values).
 * Unsigned bytes stay `uint8` unless asked otherwise. Throws {@link FormatError}.
 */
export function readIdx(bytes: Uint8Array, file: string, options: ReadOptions = {}): TensorData {
  const reader = new ByteReader(bytes, file);
  reader.magic([0, 0], 'an idx array');
  const code = reader.uint8('the element type');
  const type = types.get(code) ?? reader.fail(`element type ${code} is none of idx's`, 2);
  const rank = reader.uint8('the rank');
  const shape = Array.from({ length: rank }, (_, axis) => reader.uint32(`size ${axis}`, false));
  const count = countElements(shape, (reason) => reader.fail(reason, 4));
  const start = reader.advance(count * elementSize(type), `the ${count} values`);
  reader.finish('the last value');
  return decodeElements({ bytes, file, start, type, shape, littleEndian: false }, { bytes: 'uint8', ...options });
}

import { FormatError } from './bytes.ts';
import { bfloat16ToNumber, float16ToNumber } from './float16.ts';
import { rowMajorStrides } from './tensor-data.ts';
import type { ReadOptions, TensorData } from './tensor-data.ts';

interface Element {
  /** Bytes of one element. */
  readonly size: number;
  readonly becomes: 'float32' | 'int32' | 'uint8';
  /** The element at a byte offset; NaN stands for "is not representable" in integers. */
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number;
}

const wholeOrNaN = (value: bigint): number =>
  value >= -0x80000000n && value <= 0x7fffffffn ? Number(value) : Number.NaN;

const elements = {
  float16: { size: 2, becomes: 'float32', read: (view, at, little) => float16ToNumber(view.getUint16(at, little)) },
  bfloat16: { size: 2, becomes: 'float32', read: (view, at, little) => bfloat16ToNumber(view.getUint16(at, little)) },
  float32: { size: 4, becomes: 'float32', read: (view, at, little) => view.getFloat32(at, little) },
  float64: { size: 8, becomes: 'float32', read: (view, at, little) => Math.fround(view.getFloat64(at, little)) },
  bool: { size: 1, becomes: 'int32', read: (view, at) => (view.getUint8(at) < 2 ? view.getUint8(at) : Number.NaN) },
  uint8: { size: 1, becomes: 'uint8', read: (view, at) => view.getUint8(at) },
  int8: { size: 1, becomes: 'int32', read: (view, at) => view.getInt8(at) },
  uint16: { size: 2, becomes: 'int32', read: (view, at, little) => view.getUint16(at, little) },
  int16: { size: 2, becomes: 'int32', read: (view, at, little) => view.getInt16(at, little) },
  uint32: { size: 4, becomes: 'int32', read: (view, at, little) => wholeOrNaN(BigInt(view.getUint32(at, little))) },
  int32: { size: 4, becomes: 'int32', read: (view, at, little) => view.getInt32(at, little) },
  uint64: { size: 8, becomes: 'int32', read: (view, at, little) => wholeOrNaN(view.getBigUint64(at, little)) },
  int64: { size: 8, becomes: 'int32', read: (view, at, little) => wholeOrNaN(view.getBigInt64(at, little)) },
} as const satisfies Record<string, Element>;

/** The element types that files hold. */
export type ElementType = keyof typeof elements;

/** Bytes of one element. */
export function elementSize(type: ElementType): number {
  return elements[type].size;
}

/** Where the elements of an array stand in a file. */
export interface ElementLayout {
  readonly bytes: Uint8Array;
  readonly file: string;
  /** Byte offset of the first element. */
  readonly start: number;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** In elements; row-major when left out. */
  readonly strides?: readonly number[];
  readonly littleEndian?: boolean;
}

function allocate(dtype: TensorData['dtype'], count: number): TensorData['values'] {
  if (dtype === 'float32') return new Float32Array(count);
  return dtype === 'int32' ? new Int32Array(count) : new Uint8Array(count);
}

/**
 * Decodes an array: floating types become float32 (rounded to nearest even), integers and booleans int32.
 * The caller has checked that every element lies inside the file. Throws {@link FormatError} for what does not fit:
 * integers beyond 32 bits, booleans other than 0 and 1, numbers that are not finite (unless kept).
 */
export function decodeElements(layout: ElementLayout, options: ReadOptions = {}): TensorData {
  const { bytes, file, start, type, shape, littleEndian = true } = layout;
  const element: Element = elements[type];
  const natural = rowMajorStrides(shape);
  const strides = layout.strides ?? natural;
  const count = shape.reduce((product, size) => product * size, 1);
  const dtype = element.becomes === 'uint8' ? (options.bytes ?? 'int32') : element.becomes;
  const inOrder = shape.every((size, axis) => size === 1 || strides[axis] === natural[axis]);
  const refuseNonFinite = options.nonFinite !== 'keep';

  const offsetOf = (index: number): number => {
    if (inOrder) return start + index * element.size;
    let rest = index;
    let position = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      position += (rest % size) * (strides[axis] ?? 0);
      rest = Math.floor(rest / size);
    }
    return start + position * element.size;
  };

  if (inOrder && dtype === 'uint8') return { dtype, shape, values: bytes.slice(start, start + count) };

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = allocate(dtype, count);
  if (inOrder && type === 'float32' && littleEndian) {
    new Uint8Array(values.buffer).set(bytes.subarray(start, start + count * 4));
  } else {
    for (let i = 0; i < count; i++) {
      const value = element.read(view, offsetOf(i), littleEndian);
      if (dtype !== 'float32' && Number.isNaN(value)) {
        throw new FormatError(
          file,
          offsetOf(i),
          type === 'bool' ? 'a boolean that is neither 0 nor 1' : 'an integer beyond 32 bits',
        );
      }
      values[i] = value;
    }
  }
  if (dtype === 'float32' && refuseNonFinite) {
    const bad = (values as Float32Array).findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new FormatError(file, offsetOf(bad), `element ${bad} is ${values[bad]}; weights must be finite`);
    }
  }
  return { dtype, shape, values };
}

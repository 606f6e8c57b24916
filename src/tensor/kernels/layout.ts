import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import { input, number, numbers, sizeOf } from './registration.ts';
import type { KernelContext, RegisterKernels } from './registration.ts';

/** Kernels that move numbers and compute nothing. */
export const layoutKernels: RegisterKernels = (context) => [
  {
    // tfjs's own copies the numbers, and every tensor saved for a gradient goes through it
    name: 'Identity',
    run: (inputs) => context.memory.share(input(inputs, 'x')),
  },
  {
    // a cast to the type that the numbers have; the gradient of every product asks for two
    name: 'Cast',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      return attributes['dtype'] === x.dtype ? context.memory.share(x) : undefined;
    },
  },
  {
    // whole rows of a table; tfjs's own reckons out the place of every number
    name: 'GatherV2',
    run: (inputs, attributes) => {
      const [x, indices] = [input(inputs, 'x'), input(inputs, 'indices')];
      if (attributes['axis'] !== 0 || attributes['batchDims'] !== 0 || !isFourBytes(x) || indices.dtype !== 'int32') return undefined;
      const [rows = 0, ...rest] = x.shape;
      if (sizeOf(x.shape) * sizeOf(indices.shape) === 0) return undefined;
      const { memory } = context;
      const from = memory.address(indices) / 4;
      const picked = memory.int32().slice(from, from + sizeOf(indices.shape));
      if (picked.some((row) => row < 0 || row >= rows)) return undefined;
      const y = memory.output([...indices.shape, ...rest], x.dtype);
      const length = 4 * sizeOf(rest);
      const [source, target] = [memory.address(x), memory.address(y)];
      const bytes = memory.bytes();
      picked.forEach((row, at) => bytes.copyWithin(target + at * length, source + row * length, source + (row + 1) * length));
      return y;
    },
  },
  {
    name: 'Transpose',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      if (!isFourBytes(x) || sizeOf(x.shape) === 0) return undefined;
      const strides = stridesOf(x.shape);
      const order = numbers(attributes, 'perm');
      const axes = order.map((axis) => ({ size: x.shape[axis] ?? 0, stride: strides[axis] ?? 0 }));
      return copyView(context, x, axes, 0);
    },
  },
  {
    name: 'Slice',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      const { begin: from, size: extent } = attributes as { begin: number | number[]; size: number | number[] };
      const [begin = [], size = []] = tf.slice_util.parseSliceParams(x, from, extent);
      tf.slice_util.assertParamsValid(x, begin, size);
      if (!isFourBytes(x) || sizeOf(size) === 0) return undefined;
      const strides = stridesOf(x.shape);
      const offset = strides.reduce((sum, stride, axis) => sum + stride * (begin[axis] ?? 0), 0);
      return copyView(context, x, size.map((n, axis) => ({ size: n, stride: strides[axis] ?? 0 })), offset);
    },
  },
  {
    name: 'SplitV',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      const parts = attributes['numOrSizeSplits'] as number | number[];
      const axis = (number(attributes, 'axis') + x.shape.length) % x.shape.length;
      const sizes = tf.backend_util.prepareSplitSize(x, parts, axis);
      if (!isFourBytes(x) || sizeOf(x.shape) === 0 || sizes.includes(0)) return undefined;
      const strides = stridesOf(x.shape);
      let start = 0;
      return sizes.map((size) => {
        const axes = x.shape.map((whole, i) => ({ size: i === axis ? size : whole, stride: strides[i] ?? 0 }));
        const offset = start * (strides[axis] ?? 0);
        start += size;
        return copyView(context, x, axes, offset);
      });
    },
  },
  {
    // short pieces; tfjs's own makes two views for each of them
    name: 'Concat',
    run: (inputs, attributes) => {
      const parts = Object.values(inputs);
      const [first] = parts;
      if (!first || parts.some((part) => part.dtype !== first.dtype || !isFourBytes(part) || sizeOf(part.shape) === 0)) return undefined;
      const axis = (number(attributes, 'axis') + first.shape.length) % first.shape.length;
      const pieces = parts.map(({ shape }) => sizeOf(shape.slice(axis)));
      const whole = pieces.reduce((sum, piece) => sum + piece, 0);
      if (whole > 64 * parts.length) return undefined;
      const { memory } = context;
      const outer = sizeOf(first.shape.slice(0, axis));
      const along = parts.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
      const y = memory.output(first.shape.map((size, i) => (i === axis ? along : size)), first.dtype);
      let target = memory.address(y) / 4;
      const sources = parts.map((part) => memory.address(part) / 4);
      const words = memory.int32();
      parts.forEach((_, part) => {
        const piece = pieces[part] ?? 0;
        let from = sources[part] ?? 0;
        for (let row = 0, to = target; row < outer; row += 1, to += whole) {
          for (let at = 0; at < piece; at += 1) words[to + at] = words[from + at] ?? 0;
          from += piece;
        }
        target += piece;
      });
      return y;
    },
  },
  {
    // only what repeats whole tensors: [r, 1, …] of [1, …]
    name: 'Tile',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      const [times = 1, ...others] = numbers(attributes, 'reps');
      const whole = x.shape[0] === 1 && others.length === x.shape.length - 1 && others.every((n) => n === 1);
      if (!whole || !isFourBytes(x)) return undefined;
      const { memory } = context;
      const y = memory.output([times, ...x.shape.slice(1)], x.dtype);
      const length = 4 * sizeOf(x.shape);
      const from = memory.address(x);
      const to = memory.address(y);
      const bytes = memory.bytes();
      for (let i = 0; i < times; i++) bytes.copyWithin(to + i * length, from, from + length);
      return y;
    },
  },
];

interface Axis {
  readonly size: number;
  /** Numbers from one place to the next along this axis in the input. */
  readonly stride: number;
}

function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

function isFourBytes({ dtype }: TensorInfo): boolean {
  return dtype === 'float32' || dtype === 'int32';
}

/** A new tensor with the numbers of `x` from `offset` on, read along `axes`; not for empty ones. */
function copyView(
  { kernels, memory }: KernelContext, x: TensorInfo, axes: readonly Axis[], offset: number,
): TensorInfo {
  const shape = axes.map(({ size }) => size);
  const merged = mergedAxes(axes);
  const rank = merged.length;
  const y = memory.output(shape, x.dtype);
  const scratch = memory.scratch(3 * 4 * rank);
  memory.int32().set([...merged.map(({ size }) => size), ...merged.map(({ stride }) => stride)], scratch / 4);
  const from = memory.address(x) + 4 * offset;
  kernels.transpose(rank, scratch, scratch + 4 * rank, scratch + 8 * rank, from, memory.address(y));
  return y;
}

/** The same places with fewer axes: without those of size 1, and neighbours that lie without gaps as one. */
function mergedAxes(axes: readonly Axis[]): readonly Axis[] {
  const merged: Axis[] = [];
  for (const { size, stride } of axes) {
    if (size === 1) continue;
    const previous = merged.at(-1);
    if (previous && previous.stride === size * stride) merged.splice(-1, 1, { size: previous.size * size, stride });
    else merged.push({ size, stride });
  }
  return merged.length > 0 ? merged : [{ size: 1, stride: 1 }];
}

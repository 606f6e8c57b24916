import { input, numbers, sizeOf } from './registration.ts';
import type { RegisterKernels } from './registration.ts';

/** Kernels that move numbers and compute nothing. */
export const layoutKernels: RegisterKernels = ({ kernels, memory }) => [
  {
    // tfjs's own copies the numbers, and every tensor saved for a gradient goes through it
    name: 'Identity',
    run: (inputs) => memory.share(input(inputs, 'x')),
  },
  {
    name: 'Transpose',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
      const order = numbers(attributes, 'perm');
      const shape = order.map((axis) => x.shape[axis] ?? 0);
      if (sizeOf(shape) === 0) return undefined;
      const axes = mergedAxes(x.shape, order);
      const rank = axes.length;
      const y = memory.output(shape, x.dtype);
      const scratch = memory.scratch(3 * 4 * rank);
      memory.int32().set([...axes.map(({ size }) => size), ...axes.map(({ stride }) => stride)], scratch / 4);
      kernels.transpose(rank, scratch, scratch + 4 * rank, scratch + 8 * rank, memory.address(x), memory.address(y));
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
      if (!whole || (x.dtype !== 'float32' && x.dtype !== 'int32')) return undefined;
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

/** The axes of a transposed tensor in its order, without those of size 1, neighbours that stay neighbours as one. */
function mergedAxes(shape: readonly number[], order: readonly number[]): readonly Axis[] {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const merged: Axis[] = [];
  for (const axis of order) {
    const size = shape[axis] ?? 1;
    const stride = strides[axis] ?? 1;
    if (size === 1) continue;
    const previous = merged.at(-1);
    if (previous && previous.stride === size * stride) merged[merged.length - 1] = {
      size: previous.size * size, stride,
    };
    else merged.push({ size, stride });
  }
  return merged.length > 0 ? merged : [{ size: 1, stride: 1 }];
}

import type { TensorInfo } from '@tensorflow/tfjs';
import { areFloat, input, sizeOf } from './registration.ts';
import type { RegisterKernels, Registration } from './registration.ts';

/** Whether `row` is [n] (perhaps behind axes of size 1) against the last axis of `x`, where tfjs's kernels are slow. */
function repeatsRow(x: TensorInfo, row: TensorInfo): boolean {
  const n = x.shape.at(-1) ?? 0;
  return (
    areFloat(x, row) && n > 1 && row.shape.length <= x.shape.length && row.shape.at(-1) === n &&
    sizeOf(row.shape) === n && sizeOf(x.shape) > n
  );
}

export const rowKernels: RegisterKernels = ({ kernels, memory }) => {
  const apply = (f: typeof kernels.multiplyRows, x: TensorInfo, row: TensorInfo): TensorInfo => {
    const n = sizeOf(row.shape);
    const y = memory.output(x.shape);
    f(sizeOf(x.shape) / n, n, memory.address(x), memory.address(row), memory.address(y));
    return y;
  };
  const registration = (name: string, f: typeof kernels.multiplyRows, commutes: boolean): Registration => ({
    name,
    run: (inputs) => {
      const [a, b] = [input(inputs, 'a'), input(inputs, 'b')];
      if (repeatsRow(a, b)) return apply(f, a, b);
      return commutes && repeatsRow(b, a) ? apply(f, b, a) : undefined;
    },
  });
  return [registration('Multiply', kernels.multiplyRows, true), registration('RealDiv', kernels.divideRows, false)];
};

import { input, number, sizeOf } from './registration.ts';
import type { RegisterKernels } from './registration.ts';

export const sumKernels: RegisterKernels = ({ kernels, memory }) => [
  {
    name: 'AtlasColumnSums',
    run: (inputs) => {
      const x = input(inputs, 'x');
      const n = x.shape.at(-1) ?? 1;
      const y = memory.output([n]);
      kernels.columnSums(sizeOf(x.shape) / n, n, memory.address(x), memory.address(y));
      return y;
    },
  },
  {
    // the gradient of `gather`; tfjs's wasm back-end has none
    name: 'UnsortedSegmentSum',
    run: (inputs, attributes) => {
      const x = input(inputs, 'x');
      const ids = input(inputs, 'segmentIds');
      const segments = number(attributes, 'numSegments');
      if (x.dtype !== 'float32' || ids.dtype !== 'int32') return undefined;
      const rows = sizeOf(ids.shape);
      const shape = x.shape.slice(ids.shape.length);
      const y = memory.output([segments, ...shape]);
      kernels.segmentSums(rows, sizeOf(shape), segments, memory.address(x), memory.address(ids), memory.address(y));
      return y;
    },
  },
];

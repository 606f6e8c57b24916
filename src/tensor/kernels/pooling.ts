import { input } from './registration.ts';
import type { RegisterKernels } from './registration.ts';

export const poolingKernels: RegisterKernels = ({ kernels, memory }) => [
  {
    name: 'AtlasMaxPool',
    run: (inputs) => {
      const x = input(inputs, 'x');
      const [batch = 0, rows = 0, columns = 0, channels = 0] = x.shape;
      const y = memory.output([batch, Math.floor(rows / 2), Math.floor(columns / 2), channels]);
      kernels.maxPool(batch, rows, columns, channels, memory.address(x), memory.address(y));
      return y;
    },
  },
  {
    name: 'AtlasMaxPoolGradient',
    run: (inputs) => {
      const x = input(inputs, 'x');
      const [batch = 0, rows = 0, columns = 0, channels = 0] = x.shape;
      const dx = memory.output(x.shape);
      const y = memory.address(input(inputs, 'y'));
      kernels.maxPoolGradient(
        batch, rows, columns, channels, memory.address(x), y, memory.address(input(inputs, 'dy')), memory.address(dx),
      );
      return dx;
    },
  },
];

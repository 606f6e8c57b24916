import type { TensorInfo } from '@tensorflow/tfjs';
import { areFloat, input, sizeOf } from './registration.ts';
import type { RegisterKernels, Registration } from './registration.ts';

export const elementwiseKernels: RegisterKernels = ({ kernels, memory }) => {
  const function_ = (name: string, apply: (n: number, x: number, y: number) => void): Registration => ({
    name,
    run: (inputs) => {
      const x = input(inputs, 'x');
      if (!areFloat(x)) return undefined;
      const y = memory.output(x.shape);
      apply(sizeOf(x.shape), memory.address(x), memory.address(y));
      return y;
    },
  });
  const gradient = (name: string, apply: (n: number, x: number, dy: number, dx: number) => void): Registration => ({
    name,
    run: (inputs): TensorInfo => {
      const x = input(inputs, 'x');
      const dx = memory.output(x.shape);
      apply(sizeOf(x.shape), memory.address(x), memory.address(input(inputs, 'dy')), memory.address(dx));
      return dx;
    },
  });
  return [
    function_('Exp', kernels.expAll),
    function_('Tanh', kernels.tanhAll),
    function_('Erf', kernels.erfAll),
    function_('AtlasGeluErf', kernels.geluErfAll),
    function_('AtlasGeluTanh', kernels.geluTanhAll),
    function_('AtlasGeluQuick', kernels.geluQuickAll),
    function_('AtlasRelu', kernels.reluAll),
    gradient('AtlasGeluErfGradient', kernels.geluErfGradient),
    gradient('AtlasGeluTanhGradient', kernels.geluTanhGradient),
    gradient('AtlasGeluQuickGradient', kernels.geluQuickGradient),
    gradient('AtlasReluGradient', kernels.reluGradient),
  ];
};

import type { TensorInfo } from '@tensorflow/tfjs';
import { input, number, sizeOf } from './registration.ts';
import type { RegisterKernels } from './registration.ts';

export const layerNormKernels: RegisterKernels = ({ kernels, memory }) => {
  const width = (x: TensorInfo): number => x.shape.at(-1) ?? 0;
  return [
    {
      name: 'AtlasLayerNorm',
      run: (inputs, attributes) => {
        const x = input(inputs, 'x');
        const y = memory.output(x.shape);
        const gain = memory.address(input(inputs, 'gain'));
        const shift = memory.address(input(inputs, 'shift'));
        kernels.layerNorm(
          sizeOf(x.shape) / width(x), width(x), memory.address(x), gain, shift, number(attributes, 'eps'),
          memory.address(y),
        );
        return y;
      },
    },
    {
      name: 'AtlasLayerNormInputGradient',
      run: (inputs, attributes) => {
        const x = input(inputs, 'x');
        const dx = memory.output(x.shape);
        kernels.layerNormInputGradient(
          sizeOf(x.shape) / width(x), width(x), memory.address(input(inputs, 'dy')), memory.address(x),
          memory.address(input(inputs, 'gain')), number(attributes, 'eps'), memory.address(dx),
        );
        return dx;
      },
    },
    {
      name: 'AtlasLayerNormGainGradient',
      run: (inputs, attributes) => {
        const x = input(inputs, 'x');
        const dgain = memory.output([width(x)]);
        kernels.layerNormGainGradient(
          sizeOf(x.shape) / width(x), width(x), memory.address(input(inputs, 'dy')), memory.address(x),
          number(attributes, 'eps'), memory.address(dgain),
        );
        return dgain;
      },
    },
  ];
};

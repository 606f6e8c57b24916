export { buildKernels, kernelFiles, kernelVersion } from './kernels/build.node.ts';

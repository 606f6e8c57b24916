import type { TensorData } from '../assets/index.ts';
import type { Params } from '../tensor/index.ts';
import { toParams } from './tensor-values.ts';

/** Keras names to ours: `conv2d_1/kernel` is the second convolution, `dense/kernel` the first dense layer. */
function ourName(keras: string): string | null {
  const match = /^(conv2d|dense)(?:_(\d+))?\/(kernel|bias)$/.exec(keras);
  if (!match) return null;
  const [, layer, number = '0', part] = match;
  return `${layer === 'dense' ? 'fc' : 'conv'}${Number(number) + 1}.${part === 'kernel' ? 'weight' : 'bias'}`;
}

/** DoodleNet's weights from its original Keras layers, whose layouts are ours already. */
export function readDoodlenet(tensors: ReadonlyMap<string, TensorData>): Params {
  return toParams(tensors, ourName);
}

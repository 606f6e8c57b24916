import type { TensorData } from '../assets/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { foldBatchNorm } from './fold-batch-norm.ts';
import { floatValues } from './tensor-values.ts';

const batchNormEps = 1e-5;

/**
 * Weights of akamaster/pytorch_resnet_cifar10 (names with or without the `module.` of data-parallel training) in our
 * layout, each batch normalisation folded into the convolution before it.
 */
export function readResnetCifar(tensors: ReadonlyMap<string, TensorData>): Params {
  const plain = new Map([...tensors].map(([name, data]) => [name.replace(/^module\./, ''), data]));
  const values = (name: string): Float32Array => floatValues(plain, name).values;
  const folded = [...plain.keys()]
    .filter((name) => /(^|\.)conv\d\.weight$/.test(name))
    .flatMap((name): [string, Tensor][] => {
      const convolution = name.slice(0, -'.weight'.length);
      const norm = convolution.replace(/conv(\d)$/, 'bn$1');
      const { filter, shape, bias } = foldBatchNorm(floatValues(plain, name), {
        gain: values(`${norm}.weight`),
        shift: values(`${norm}.bias`),
        mean: values(`${norm}.running_mean`),
        variance: values(`${norm}.running_var`),
        eps: batchNormEps,
      });
      return [
        [`${convolution}.weight`, tf.tensor4d(filter, [...shape])],
        [`${convolution}.bias`, tf.tensor1d(bias)],
      ];
    });
  const dense = floatValues(plain, 'linear.weight');
  return Object.fromEntries([
    ...folded,
    ['linear.weight', tf.tidy(() => tf.transpose(tf.tensor(dense.values, [...dense.shape])))],
    ['linear.bias', tf.tensor1d(values('linear.bias'))],
  ]);
}

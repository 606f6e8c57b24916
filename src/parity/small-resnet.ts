import { z } from 'zod';
import { foldBatchNorm } from '../models/index.ts';
import type { Architecture, FrozenModel, PictureInput } from '../models/index.ts';
import { conv2d, digestParams, entry, globalMeanPool, linear, relu, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { shapeOf, valuesOf } from './compare.ts';
import type { OracleCase } from './types.ts';

const schema = z.looseObject({
  model: z.object({
    type: z.literal('small-resnet'),
    width: z.number(),
    sourceClasses: z.number(),
    batchNormEps: z.number(),
  }),
});

/** Its convolutions with the batch normalisation after each, under torchvision's names. */
const convolutions = [
  ['conv1', 'bn1'],
  ['layer1.0.conv1', 'layer1.0.bn1'],
  ['layer1.0.conv2', 'layer1.0.bn2'],
  ['layer2.0.conv1', 'layer2.0.bn1'],
  ['layer2.0.conv2', 'layer2.0.bn2'],
  ['layer2.0.downsample.0', 'layer2.0.downsample.1'],
] as const;

function convolve(weights: Params, x: Tensor, name: string, stride = 1): Tensor {
  const filter = entry(weights, `${name}.weight`);
  const side = ((filter.shape[0] ?? 1) - 1) / 2;
  return conv2d(x, filter, { stride, pad: [side, side, side, side] }, entry(weights, `${name}.bias`));
}

/** Two 3 × 3 convolutions around which `shortcut` goes. */
function residual(weights: Params, x: Tensor, name: string, stride: number, shortcut: Tensor): Tensor {
  const inner = relu(convolve(weights, x, `${name}.conv1`, stride));
  return relu(tf.add(convolve(weights, inner, `${name}.conv2`), shortcut));
}

/** (x − mean)/std per channel. */
export function normalise(x: Tensor, { mean, std }: PictureInput): Tensor {
  return tf.div(tf.sub(x, tf.tensor1d([...mean])), tf.tensor1d([...std]));
}

/**
 * The frozen net of the convolutional cases: convolution, a residual block, a residual block of twice the width with
 * stride 2 and a 1 × 1 shortcut, global mean, linear layer; batch normalisation folded into the convolutions.
 */
export function smallResnet(oracle: OracleCase, input: PictureInput): FrozenModel {
  const { model: given } = schema.parse(oracle.json);
  const architecture: Architecture = {
    kind: 'convolutional',
    input,
    outputs: given.sourceClasses,
    featureWidth: 2 * given.width,
    embed: (weights, x) => relu(convolve(weights, normalise(x, input), 'conv1')),
    blocks: [
      (weights, x) => residual(weights, x, 'layer1.0', 1, x),
      (weights, x) => residual(weights, x, 'layer2.0', 2, convolve(weights, x, 'layer2.0.downsample.0', 2)),
    ],
    features: (_, state) => globalMeanPool(state),
    classifierWeights: ['fc.weight', 'fc.bias'],
    classify: (weights, features) => linear(features, entry(weights, 'fc.weight'), entry(weights, 'fc.bias')),
    initialise: () => {
      throw new Error('The net of the stored cases has stored weights only.');
    },
  };
  const weights = readWeights(oracle, given.batchNormEps);
  return {
    id: oracle.id,
    architecture,
    weights,
    digest: digestParams(weights),
    classes: Array.from({ length: given.sourceClasses }, (_, index) => String(index)),
    homeMade: false,
  };
}

function readWeights(oracle: OracleCase, eps: number): Params {
  const floats = (name: string): Float32Array => Float32Array.from(valuesOf(oracle, `frozen.${name}`));
  const weights: Record<string, Tensor> = {
    'fc.weight': tf.tidy(() => tf.transpose(tf.tensor(floats('fc.weight'), [...shapeOf(oracle, 'frozen.fc.weight')]))),
    'fc.bias': tf.tensor1d(floats('fc.bias')),
  };
  for (const [convolution, norm] of convolutions) {
    const { filter, shape, bias } = foldBatchNorm(
      { shape: shapeOf(oracle, `frozen.${convolution}.weight`), values: floats(`${convolution}.weight`) },
      {
        gain: floats(`${norm}.weight`),
        shift: floats(`${norm}.bias`),
        mean: floats(`${norm}.running_mean`),
        variance: floats(`${norm}.running_var`),
        eps,
      },
    );
    weights[`${convolution}.weight`] = tf.tensor4d(filter, [...shape]);
    weights[`${convolution}.bias`] = tf.tensor1d(bias);
  }
  return weights;
}

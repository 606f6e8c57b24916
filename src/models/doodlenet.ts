import { conv2d, linear, maxPool2x2, relu, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { heNormalWeights } from './he-normal-weights.ts';
import { normalise } from './normalise.ts';
import type { Architecture } from './types.ts';
import { weight } from './weight.ts';

/** Shapes of the weights: 3 × 3 convolutions `[rows, columns, in, out]`, dense `[in, out]` over (row, column, channel). */
const shapes: readonly (readonly [name: string, shape: readonly number[]])[] = [
  ...[
    [1, 16],
    [16, 16],
    [16, 32],
    [32, 32],
    [32, 64],
    [64, 64],
  ].flatMap(([from = 0, to = 0], index) => [
    [`conv${index + 1}.weight`, [3, 3, from, to]] as const,
    [`conv${index + 1}.bias`, [to]] as const,
  ]),
  ['fc1.weight', [576, 512]],
  ['fc1.bias', [512]],
  ['fc2.weight', [512, 345]],
  ['fc2.bias', [345]],
];

function convolve(weights: Params, state: Tensor, layer: number): Tensor {
  const name = `conv${layer}`;
  return relu(conv2d(state, weight(weights, `${name}.weight`), { stride: 1, pad: 'same' }, weight(weights, `${name}.bias`)));
}

const input = { rows: 28, columns: 28, channels: 1, mean: [0], std: [1] };

/**
 * DoodleNet (ml5js/ml5-data-and-models:models/doodlenet): six 3 × 3 convolutions with ReLU, 2 × 2 maximum pooling after
 * the 2nd, 4th and 6th, a tanh layer of 512, 345 classes of sketches. Input: white strokes on black, 28 × 28, in [0, 1].
 */
export const doodlenet: Architecture = {
  kind: 'convolutional',
  input,
  outputs: 345,
  featureWidth: 512,
  embed: (weights, x) => convolve(weights, normalise(x, input), 1),
  blocks: [2, 3, 4, 5, 6].map(
    (layer) => (weights: Params, state: Tensor) =>
      layer % 2 === 0 ? maxPool2x2(convolve(weights, state, layer)) : convolve(weights, state, layer),
  ),
  features: (weights, state) =>
    tf.tanh(linear(tf.reshape(state, [state.shape[0] ?? 0, 576]), weight(weights, 'fc1.weight'), weight(weights, 'fc1.bias'))),
  classifierWeights: ['fc2.weight', 'fc2.bias'],
  classify: (weights, features) => linear(features, weight(weights, 'fc2.weight'), weight(weights, 'fc2.bias')),
  initialise: (generator) => heNormalWeights(shapes, generator),
};

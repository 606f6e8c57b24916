import { conv2d, globalMeanPool, linear, relu, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { heNormalWeights } from './he-normal-weights.ts';
import { normalise } from './normalise.ts';
import type { Architecture, Block } from './types.ts';
import { weight } from './weight.ts';

const stageWidths = [16, 32, 64] as const;

/** Width of block `index` and whether it opens a stage with stride 2. */
function placeOf(index: number, blocksPerStage: number): { name: string; from: number; to: number; stride: 1 | 2 } {
  const stage = Math.floor(index / blocksPerStage);
  const within = index % blocksPerStage;
  const to = stageWidths[stage] ?? 0;
  const opens = stage > 0 && within === 0;
  return {
    name: `layer${stage + 1}.${within}`,
    from: opens ? (stageWidths[stage - 1] ?? 0) : to,
    to,
    stride: opens ? 2 : 1,
  };
}

function convolve(weights: Params, x: Tensor, name: string, stride: number): Tensor {
  return conv2d(
    x,
    weight(weights, `${name}.weight`),
    { stride, pad: [1, 1, 1, 1] },
    weight(weights, `${name}.bias`),
  );
}

/** Shortcut of kind A: every second pixel, zero channels half before and half after. */
function shortcut(x: Tensor, from: number, to: number): Tensor {
  const [batch = 0, rows = 0, columns = 0] = x.shape;
  const rowPairs = tf.reshape(x, [(batch * rows) / 2, columns, 2 * from]);
  const every2nd = tf.slice(rowPairs, [0, 0, 0], [(batch * rows) / 2, columns / 2, from]);
  const before = Math.floor((to - from) / 2);
  return tf.pad(tf.reshape(every2nd, [batch, rows / 2, columns / 2, from]), [
    [0, 0],
    [0, 0],
    [0, 0],
    [before, to - from - before],
  ]);
}

/**
 * The CIFAR nets of He et al. (arXiv 1512.03385) with shortcuts of kind A and batch normalisation folded into the
 * convolutions, after akamaster/pytorch_resnet_cifar10:resnet.py. Input: RGB 32 × 32 in [0, 1]; `depth` is 6n + 2.
 */
export function resnetCifar(depth: number): Architecture {
  const blocksPerStage = (depth - 2) / 6;
  if (!Number.isInteger(blocksPerStage)) throw new RangeError(`A CIFAR ResNet has 6n + 2 layers; ${depth} is none of them.`);
  const places = Array.from({ length: 3 * blocksPerStage }, (_, index) => placeOf(index, blocksPerStage));
  const shapes: readonly (readonly [string, readonly number[]])[] = [
    ['conv1.weight', [3, 3, 3, 16]],
    ['conv1.bias', [16]],
    ...places.flatMap(({ name, from, to }) => [
      [`${name}.conv1.weight`, [3, 3, from, to]] as const,
      [`${name}.conv1.bias`, [to]] as const,
      [`${name}.conv2.weight`, [3, 3, to, to]] as const,
      [`${name}.conv2.bias`, [to]] as const,
    ]),
    ['linear.weight', [64, 10]],
    ['linear.bias', [10]],
  ];
  const input = { rows: 32, columns: 32, channels: 3, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
  const blocks = places.map(({ name, from, to, stride }): Block => {
    return (weights, x) => {
      const inner = relu(convolve(weights, x, `${name}.conv1`, stride));
      return relu(tf.add(convolve(weights, inner, `${name}.conv2`, 1), stride === 2 ? shortcut(x, from, to) : x));
    };
  });
  return {
    kind: 'convolutional',
    input,
    outputs: 10,
    featureWidth: 64,
    embed: (weights, x) => relu(convolve(weights, normalise(x, input), 'conv1', 1)),
    blocks,
    features: (_weights, state) => globalMeanPool(state),
    classifierWeights: ['linear.weight', 'linear.bias'],
    classify: (weights, features) => linear(features, weight(weights, 'linear.weight'), weight(weights, 'linear.bias')),
    initialise: (generator) => heNormalWeights(shapes, generator),
  };
}

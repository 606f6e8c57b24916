import { conv2d, gelu, layerNorm, linear, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { fanInWeights } from './fan-in-weights.ts';
import { normalise } from './normalise.ts';
import { denseShapes, normShapes, sideReaders, transformerBlocks, transformerBlockShapes } from './transformer-block.ts';
import type { LastBlock } from './transformer-block.ts';
import type { Architecture, PictureInput } from './types.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

/** How pixels become tokens: one convolution per patch, or a stem of two stride-2 convolutions with a GELU between. */
export type Tokeniser =
  | { readonly as: 'patches'; readonly size: number }
  | { readonly as: 'convolutions'; readonly channels: number };

export interface VitOptions {
  readonly input: PictureInput;
  readonly tokeniser: Tokeniser;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly layerNormEps: number;
  readonly outputs: number;
  readonly lastBlock?: LastBlock;
}

function tokensPerSide(side: number, tokeniser: Tokeniser): number {
  return tokeniser.as === 'patches' ? side / tokeniser.size : Math.ceil(Math.ceil(side / 2) / 2);
}

/** What one token has of the picture: its patch, or the step of the stem, 4 × 4. */
function tokenInputs({ input, tokeniser }: VitOptions): number {
  const side = tokeniser.as === 'patches' ? tokeniser.size : 4;
  return input.channels * side * side;
}

function embedding({ input, tokeniser, width }: VitOptions): Architecture['embed'] {
  const tokens = tokensPerSide(input.rows, tokeniser) * tokensPerSide(input.columns, tokeniser);
  const tokenise = (weights: Params, x: Tensor): Tensor => {
    if (tokeniser.as === 'patches') {
      const { size } = tokeniser;
      const [batch = 0] = x.shape;
      const [rows, columns] = [input.rows / size, input.columns / size];
      const patches = tf.transpose(
        tf.reshape(x, [batch, rows, size, columns, size * input.channels]),
        [0, 1, 3, 2, 4],
      );
      return linear(
        tf.reshape(patches, [batch, tokens, size * size * input.channels]),
        weight(weights, 'embed.projection.weight'),
        weight(weights, 'embed.projection.bias'),
      );
    }
    const convolve = (state: Tensor, index: number): Tensor =>
      conv2d(
        state,
        weight(weights, `embed.stem.${index}.weight`),
        { stride: 2, pad: [1, 1, 1, 1] },
        weight(weights, `embed.stem.${index}.bias`),
      );
    return tf.reshape(convolve(gelu(convolve(x, 0), 'erf'), 1), [x.shape[0] ?? 0, tokens, width]);
  };
  return (weights, x) => {
    const [batch = 0] = x.shape;
    const normalised = normalise(x, input);
    const classToken = tf.tile(weight(weights, 'embed.class'), [batch, 1, 1]);
    return tf.add(tf.concat([classToken, tokenise(weights, normalised)], 1), weight(weights, 'embed.position'));
  };
}

/** Names and shapes of all weights, in our layout: dense `[in, out]`, convolutions `[rows, columns, in, out]`. */
export function vitShapes(options: VitOptions): WeightShapes {
  const { input, tokeniser, width, depth, mlpWidth, outputs } = options;
  const tokens = tokensPerSide(input.rows, tokeniser) * tokensPerSide(input.columns, tokeniser);
  const embed: WeightShapes =
    tokeniser.as === 'patches'
      ? denseShapes('embed.projection', tokeniser.size * tokeniser.size * input.channels, width)
      : [
          ['embed.stem.0.weight', [3, 3, input.channels, tokeniser.channels]],
          ['embed.stem.0.bias', [tokeniser.channels]],
          ['embed.stem.1.weight', [3, 3, tokeniser.channels, width]],
          ['embed.stem.1.bias', [width]],
        ];
  return [
    ['embed.class', [1, 1, width]],
    ['embed.position', [1, tokens + 1, width]],
    ...embed,
    ...transformerBlockShapes(depth, { width, mlpWidth, projectionBias: true }),
    ...normShapes('norm', width),
    ...denseShapes('head', width, outputs),
  ];
}

/**
 * A vision transformer, pre-norm, with a class token and the erf form of GELU: the architecture of Hugging Face's
 * `ViTForImageClassification` (Dosovitskiy et al., arXiv 2010.11929), or the same behind a convolutional stem.
 * State `[batch, 1 + tokens, width]`; the last block returns `[batch, 1, width]` unless `lastBlock` is `all-tokens`.
 */
export function vit(options: VitOptions): Architecture {
  const { width, depth, heads, layerNormEps, lastBlock = 'class-token' } = options;
  const shapes = vitShapes(options);
  const block = { heads, layerNormEps, norm: 'before', gelu: 'erf', projectionBias: true } as const;
  return {
    kind: 'transformer',
    input: options.input,
    outputs: options.outputs,
    featureWidth: width,
    width,
    tokenInputs: tokenInputs(options),
    embed: embedding(options),
    heads,
    blocks: transformerBlocks(depth, block, lastBlock),
    sideReaders: sideReaders(depth, block),
    features: (weights, state) => {
      const [batch = 0] = state.shape;
      const classToken = tf.reshape(tf.slice(state, [0, 0, 0], [batch, 1, width]), [batch, width]);
      return layerNorm(classToken, weight(weights, 'norm.gain'), weight(weights, 'norm.shift'), layerNormEps);
    },
    classifierWeights: ['head.weight', 'head.bias'],
    classify: (weights, features) => linear(features, weight(weights, 'head.weight'), weight(weights, 'head.bias')),
    initialise: (generator) => fanInWeights(shapes, generator),
  };
}

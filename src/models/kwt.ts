import { linear, tf } from '../tensor/index.ts';
import { fanInWeights } from './fan-in-weights.ts';
import { kwtFrontEnd } from './kwt-front-end.ts';
import { denseShapes, sideReaders, transformerBlocks, transformerBlockShapes } from './transformer-block.ts';
import type { LastBlock } from './transformer-block.ts';
import type { Architecture, FrontEnd, WaveInput } from './types.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

export interface KwtOptions {
  readonly input: WaveInput;
  /** Each of its frames becomes a token. */
  readonly frontEnd: FrontEnd;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly layerNormEps: number;
  readonly outputs: number;
  readonly lastBlock?: LastBlock;
}

/** Names and shapes of all weights, dense ones `[in, out]`; the names are those of our ViT. */
export function kwtShapes({ frontEnd, width, depth, mlpWidth, outputs }: KwtOptions): WeightShapes {
  const [frames, values] = frontEnd.shape;
  return [
    ['embed.class', [1, 1, width]],
    ['embed.position', [1, frames + 1, width]],
    ...denseShapes('embed.projection', values, width),
    ...transformerBlockShapes(depth, { width, mlpWidth, projectionBias: false }),
    ...denseShapes('head', width, outputs),
  ];
}

/**
 * A Keyword Transformer with attention over time (Berg et al., arXiv 2104.00769): each frame of the front end is a token,
 * behind a class token; post-norm blocks, tanh form of GELU, queries, keys and values without bias
 * (ARM-software/keyword-transformer:kws_streaming/models/transformer_utils.py). State `[batch, 1 + frames, width]`; the
 * last block returns `[batch, 1, width]` unless `lastBlock` is `all-tokens`.
 */
export function kwt(options: KwtOptions): Architecture {
  const { input, frontEnd, width, depth, heads, layerNormEps, outputs, lastBlock = 'class-token' } = options;
  const shapes = kwtShapes(options);
  const block = { heads, layerNormEps, norm: 'after', gelu: 'tanh', projectionBias: false } as const;
  return {
    kind: 'transformer',
    input,
    frontEnd,
    outputs,
    featureWidth: width,
    width,
    tokenInputs: frontEnd.shape[1],
    embed: (weights, x) => {
      const tokens = linear(x, weight(weights, 'embed.projection.weight'), weight(weights, 'embed.projection.bias'));
      const classToken = tf.tile(weight(weights, 'embed.class'), [x.shape[0] ?? 0, 1, 1]);
      return tf.add(tf.concat([classToken, tokens], 1), weight(weights, 'embed.position'));
    },
    heads,
    blocks: transformerBlocks(depth, block, lastBlock),
    sideReaders: sideReaders(depth, block),
    features: (_weights, state) => {
      const [batch = 0] = state.shape;
      return tf.reshape(tf.slice(state, [0, 0, 0], [batch, 1, width]), [batch, width]);
    },
    classifierWeights: ['head.weight', 'head.bias'],
    classify: (weights, features) => linear(features, weight(weights, 'head.weight'), weight(weights, 'head.bias')),
    initialise: (generator) => fanInWeights(shapes, generator),
  };
}

/** KWT-1: 98 tokens and a class token, 12 blocks of width 64 with one head, 12 classes. 607,308 parameters. */
export const kwt1Options: KwtOptions = {
  input: { samples: 16000, sampleRate: 16000 },
  frontEnd: kwtFrontEnd,
  width: 64,
  depth: 12,
  heads: 1,
  mlpWidth: 256,
  layerNormEps: 1e-6,
  outputs: 12,
};

export const kwt1 = kwt(kwt1Options);

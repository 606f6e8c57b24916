import type { Generator } from '../random/index.ts';
import { attention, conv2d, gelu, layerNorm, linear, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { normalise } from './normalise.ts';
import type { Architecture, Attended, Block, KeysAndValues, PictureInput, State } from './types.ts';
import { weight } from './weight.ts';

/** How pixels become tokens: one convolution per patch, or a stem of two stride-2 convolutions with a GELU between. */
export type Tokeniser =
  | { readonly as: 'patches'; readonly size: number }
  | { readonly as: 'convolutions'; readonly channels: number };

/**
 * What the last block computes. Only the class token is read from it, so `class-token` leaves out the other rows'
 * queries, projections and MLP: the same numbers, less work.
 */
export type LastBlock = 'all-tokens' | 'class-token';

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

/** Keys and values of several sources as one, in their order; none → `undefined`. */
function joined(sources: readonly KeysAndValues[]): KeysAndValues | undefined {
  const [first, ...rest] = sources;
  if (!first || rest.length === 0) return first;
  return { keys: tf.concat(sources.map(({ keys }) => keys), -2), values: tf.concat(sources.map(({ values }) => values), -2) };
}

/** Block `index`: h += W_o·attention(LN(h)); h += mlp(LN(h)). With `rows` it returns only the first rows of its state. */
function transformerBlock(index: number, { heads, layerNormEps }: VitOptions, rows?: number): Block {
  const name = (part: string): string => `blocks.${index}.${part}`;
  return (weights: Params, state: State, extra: readonly Attended[] = []): State => {
    const w = (part: string): Tensor => weight(weights, name(part));
    const dense = (x: Tensor, part: string): Tensor => linear(x, w(`${part}.weight`), w(`${part}.bias`));
    const norm = (x: Tensor, part: string): Tensor => layerNorm(x, w(`${part}.gain`), w(`${part}.shift`), layerNormEps);
    const first = (x: Tensor): Tensor =>
      rows === undefined ? x : tf.slice(x, [0, 0, 0], [x.shape[0] ?? 0, rows, x.shape[2] ?? 0]);
    /** States become keys and values by the same layer norm and projection as the block's own tokens. */
    const keysAndValues = (source: Attended): KeysAndValues => {
      if (!('states' in source)) return source;
      const [, keys, values] = tf.split(dense(norm(source.states, 'norm1'), 'attention.qkv'), 3, -1);
      if (!keys || !values) throw new Error('A projection has no keys and values.');
      return { keys, values };
    };
    const before = joined(extra.map(keysAndValues));
    const attended = attention(dense(norm(state, 'norm1'), 'attention.qkv'), {
      heads,
      ...(rows === undefined ? {} : { queries: rows }),
      ...(before ? { extra: before } : {}),
    });
    const middle = tf.add(first(state), dense(attended, 'attention.output'));
    return tf.add(middle, dense(gelu(dense(norm(middle, 'norm2'), 'mlp.in'), 'erf'), 'mlp.out'));
  };
}

/** Shapes of all weights, in our layout: dense `[in, out]`, convolutions `[rows, columns, in, out]`. */
function weightShapes(options: VitOptions): readonly (readonly [name: string, shape: readonly number[]])[] {
  const { input, tokeniser, width, depth, mlpWidth, outputs } = options;
  const tokens = tokensPerSide(input.rows, tokeniser) * tokensPerSide(input.columns, tokeniser);
  const dense = (name: string, from: number, to: number) =>
    [
      [`${name}.weight`, [from, to]],
      [`${name}.bias`, [to]],
    ] as const;
  const norm = (name: string) =>
    [
      [`${name}.gain`, [width]],
      [`${name}.shift`, [width]],
    ] as const;
  const embed =
    tokeniser.as === 'patches'
      ? dense('embed.projection', tokeniser.size * tokeniser.size * input.channels, width)
      : ([
          ['embed.stem.0.weight', [3, 3, input.channels, tokeniser.channels]],
          ['embed.stem.0.bias', [tokeniser.channels]],
          ['embed.stem.1.weight', [3, 3, tokeniser.channels, width]],
          ['embed.stem.1.bias', [width]],
        ] as const);
  return [
    ['embed.class', [1, 1, width]],
    ['embed.position', [1, tokens + 1, width]],
    ...embed,
    ...Array.from({ length: depth }, (_, index) => [
      ...norm(`blocks.${index}.norm1`),
      ...dense(`blocks.${index}.attention.qkv`, width, 3 * width),
      ...dense(`blocks.${index}.attention.output`, width, width),
      ...norm(`blocks.${index}.norm2`),
      ...dense(`blocks.${index}.mlp.in`, width, mlpWidth),
      ...dense(`blocks.${index}.mlp.out`, mlpWidth, width),
    ]).flat(),
    ...norm('norm'),
    ...dense('head', width, outputs),
  ];
}

/** Gains 1, shifts and biases 0, the class token 0, positions N(0, 0.02²), weights N(0, 1/fan-in). */
function initialValues(name: string, shape: readonly number[], generator: Generator): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  if (name.endsWith('.gain')) return new Float32Array(size).fill(1);
  if (name.endsWith('.shift') || name.endsWith('.bias') || name === 'embed.class') return new Float32Array(size);
  const fanIn = shape.slice(0, -1).reduce((product, n) => product * n, 1);
  const deviation = name === 'embed.position' ? 0.02 : Math.sqrt(1 / fanIn);
  return generator.normals(size).map((value) => value * deviation);
}

/**
 * A vision transformer, pre-norm, with a class token and the erf form of GELU: the architecture of Hugging Face's
 * `ViTForImageClassification` (Dosovitskiy et al., arXiv 2010.11929), or the same behind a convolutional stem.
 * State `[batch, 1 + tokens, width]`; the last block returns `[batch, 1, width]` unless `lastBlock` is `all-tokens`.
 */
export function vit(options: VitOptions): Architecture {
  const { width, depth, layerNormEps, lastBlock = 'class-token' } = options;
  const shapes = weightShapes(options);
  return {
    kind: 'transformer',
    input: options.input,
    outputs: options.outputs,
    featureWidth: width,
    width,
    embed: embedding(options),
    blocks: Array.from({ length: depth }, (_, index) =>
      transformerBlock(index, options, index === depth - 1 && lastBlock === 'class-token' ? 1 : undefined),
    ),
    features: (weights, state) => {
      const [batch = 0] = state.shape;
      const classToken = tf.reshape(tf.slice(state, [0, 0, 0], [batch, 1, width]), [batch, width]);
      return layerNorm(classToken, weight(weights, 'norm.gain'), weight(weights, 'norm.shift'), layerNormEps);
    },
    classifierWeights: ['head.weight', 'head.bias'],
    classify: (weights, features) => linear(features, weight(weights, 'head.weight'), weight(weights, 'head.bias')),
    initialise: (generator) =>
      Object.fromEntries(
        shapes.map(([name, shape]) => [name, tf.tensor(initialValues(name, shape, generator.split(name)), [...shape])]),
      ),
  };
}

import { gelu, layerNorm, linear, tf } from '../tensor/index.ts';
import type { GeluKind, Params, Tensor } from '../tensor/index.ts';
import { causalBlock } from './causal-block.ts';
import type { HeadLayout } from './causal-block.ts';
import type { CausalBlock, LanguageArchitecture } from './language-architecture.ts';
import { languageHead } from './language-head.ts';
import { languageWeights } from './language-weights.ts';
import { tokenEmbedding } from './token-embedding.ts';
import { attentionBiases } from './token-places.ts';
import type { AttentionBias, TokenPlaces } from './token-places.ts';
import { normShapes, transformerBlockShapes } from './transformer-block.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

export interface Gpt2Options {
  readonly vocabulary: number;
  /** How many positions are learned; no token can stand behind them. */
  readonly contextLength: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly layerNormEps: number;
  /** The tanh form (`gelu_new`) when left out. */
  readonly gelu?: GeluKind;
  /** Whether the token embeddings are the head, too; they are when left out. */
  readonly tiedHead?: boolean;
}

/** Names and shapes of all weights, dense ones `[in, out]`; the names are those of our ViT. */
export function gpt2Shapes(options: Gpt2Options): WeightShapes {
  const { vocabulary, contextLength, width, depth, mlpWidth, tiedHead: tied = true } = options;
  return [
    ['embed.token', [vocabulary, width]],
    ['embed.position', [contextLength, width]],
    ...transformerBlockShapes(depth, { width, mlpWidth, projectionBias: true }),
    ...normShapes('norm', width),
    ...(tied ? [] : ([['head.weight', [width, vocabulary]]] as const)),
  ];
}

/** Learned positions of some places, `[length, width]` or `[batch, length, width]`. */
function positionEmbedding(table: Tensor, { batch, length, positions, positionsAreShared }: TokenPlaces): Tensor {
  const [contextLength = 0] = table.shape;
  const foreign = positions.find((position) => !(position >= 0 && position < contextLength));
  if (foreign !== undefined) {
    throw new RangeError(`Position ${foreign} was never learned: the model has positions 0 to ${contextLength - 1}.`);
  }
  return tf.gather(table, tf.tensor(positions, positionsAreShared ? [length] : [batch, length], 'int32'));
}

function gpt2Block(
  index: number,
  layout: HeadLayout,
  biases: (keys: number) => AttentionBias,
  { layerNormEps, gelu: kind = 'tanh' }: Gpt2Options,
): CausalBlock {
  const w = (weights: Params, part: string): Tensor => weight(weights, `blocks.${index}.${part}`);
  const dense = (weights: Params, x: Tensor, part: string): Tensor =>
    linear(x, w(weights, `${part}.weight`), w(weights, `${part}.bias`));
  const norm = (weights: Params, x: Tensor, part: string): Tensor =>
    layerNorm(x, w(weights, `${part}.gain`), w(weights, `${part}.shift`), layerNormEps);
  return causalBlock({
    layout,
    biases,
    project: (weights, states) => dense(weights, norm(weights, states, 'norm1'), 'attention.qkv'),
    finish: (weights, states, attended) => {
      const middle = tf.add(states, dense(weights, attended, 'attention.output'));
      return tf.add(middle, dense(weights, gelu(dense(weights, norm(weights, middle, 'norm2'), 'mlp.in'), kind), 'mlp.out'));
    },
  });
}

/**
 * GPT-2 (Radford et al. 2019): learned positions, pre-norm blocks, the tanh form of GELU, head and token embeddings in one:
 * the architecture of Hugging Face's `GPT2LMHeadModel`.
 */
export function gpt2(options: Gpt2Options): LanguageArchitecture {
  const { vocabulary, contextLength, width, depth, heads, layerNormEps, tiedHead: tied = true } = options;
  if (width % heads !== 0) throw new RangeError(`${heads} heads can't share a width of ${width}.`);
  const layout: HeadLayout = { heads, keyValueHeads: heads, headWidth: width / heads };
  const shapes = gpt2Shapes(options);
  return {
    kind: 'language',
    vocabulary,
    contextLength,
    width,
    depth,
    heads,
    keyValueHeads: heads,
    keyWidth: width,
    embed: (weights, ids) => tokenEmbedding(weight(weights, 'embed.token'), ids),
    enter: (weights, embeddings, places) => tf.add(embeddings, positionEmbedding(weight(weights, 'embed.position'), places)),
    blocks: (places) => {
      const biases = attentionBiases(places);
      return Array.from({ length: depth }, (_, index) => gpt2Block(index, layout, biases, options));
    },
    features: (weights, state) => layerNorm(state, weight(weights, 'norm.gain'), weight(weights, 'norm.shift'), layerNormEps),
    ...languageHead(tied),
    shapes,
    initialise: (generator) => languageWeights(shapes, generator, { depth, embedding: 0.02 }),
  };
}

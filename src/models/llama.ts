import { linear, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { causalBlock } from './causal-block.ts';
import type { CausalBlockParts, HeadLayout } from './causal-block.ts';
import type { CausalBlock, LanguageArchitecture } from './language-architecture.ts';
import { languageHead } from './language-head.ts';
import { languageWeights } from './language-weights.ts';
import { rmsNorm } from './rms-norm.ts';
import { rotaryPositions } from './rotary-positions.ts';
import { tokenEmbedding } from './token-embedding.ts';
import { attentionBiases, hasPrevious } from './token-places.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

export interface LlamaOptions {
  readonly vocabulary: number;
  /** How many positions it was made for; later ones are computed all the same. */
  readonly contextLength: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  /** As many as `heads`, or fewer that they share in groups. */
  readonly keyValueHeads: number;
  /** width / heads when left out. */
  readonly headWidth?: number;
  readonly mlpWidth: number;
  readonly normEps: number;
  /** θ of the rotary positions. */
  readonly rotaryBase: number;
  /** Whether the token embeddings are the head, too. */
  readonly tiedHead: boolean;
  /**
   * Whether keys are smeared (Olsson et al., arXiv 2209.11895): k_t ← a·k_t + (1 − a)·k_{t−1} before positions come in,
   * a = σ(one learned number for each head of keys). The first token of a row keeps its key, wherever padding ends.
   */
  readonly keySmear?: boolean;
}

function layoutOf({ width, heads, keyValueHeads, headWidth = width / heads }: LlamaOptions): HeadLayout {
  if (!Number.isInteger(headWidth)) throw new RangeError(`${heads} heads can't share a width of ${width}.`);
  if (heads % keyValueHeads !== 0) {
    throw new RangeError(`${heads} heads can't share ${keyValueHeads} heads of keys and values in equal groups.`);
  }
  return { heads, keyValueHeads, headWidth };
}

/** Names and shapes of all weights, dense ones `[in, out]`; the names are those of our ViT, `mlp.gate` is Llama's own. */
export function llamaShapes(options: LlamaOptions): WeightShapes {
  const { vocabulary, width, depth, mlpWidth, tiedHead: tied, keySmear = false } = options;
  const { heads, keyValueHeads, headWidth } = layoutOf(options);
  return [
    ['embed.token', [vocabulary, width]],
    ...Array.from({ length: depth }, (_, index): WeightShapes => {
      const block = `blocks.${index}`;
      return [
        [`${block}.norm1.gain`, [width]],
        [`${block}.attention.qkv.weight`, [width, (heads + 2 * keyValueHeads) * headWidth]],
        ...(keySmear ? ([[`${block}.attention.smear`, [keyValueHeads]]] as const) : []),
        [`${block}.attention.output.weight`, [heads * headWidth, width]],
        [`${block}.norm2.gain`, [width]],
        [`${block}.mlp.gate.weight`, [width, mlpWidth]],
        [`${block}.mlp.in.weight`, [width, mlpWidth]],
        [`${block}.mlp.out.weight`, [mlpWidth, width]],
      ];
    }).flat(),
    ['norm.gain', [width]],
    ...(tied ? [] : ([['head.weight', [width, vocabulary]]] as const)),
  ];
}

/**
 * Keys, each mixed with the one before: own + (1 − a)·(previous − own), which is own at the very beginning and, by `before`,
 * behind padding. Keys `[batch, heads, length, headWidth]`.
 */
function smeared(keys: Tensor, lastKey: Tensor | undefined, smear: Tensor, before: Tensor | null): Tensor {
  const [batch = 0, heads = 0, length = 0, headWidth = 0] = keys.shape;
  const first = lastKey ?? tf.slice(keys, [0, 0, 0, 0], [batch, heads, 1, headWidth]);
  const others = (): Tensor => tf.slice(keys, [0, 0, 0, 0], [batch, heads, length - 1, headWidth]);
  const previous = length === 1 ? first : tf.concat([first, others()], 2);
  const share = tf.reshape(tf.sigmoid(tf.neg(smear)), [1, heads, 1, 1]);
  return tf.add(keys, tf.mul(tf.sub(previous, keys), before ? tf.mul(before, share) : share));
}

/** What all blocks have for the tokens at some places. */
interface Shared extends Pick<CausalBlockParts, 'layout' | 'biases'> {
  readonly turn: (queriesOrKeys: Tensor) => Tensor;
  /** Where a token stands before, for smearing. */
  readonly before: Tensor | null;
}

function llamaBlock(index: number, shared: Shared, { normEps, keySmear = false }: LlamaOptions): CausalBlock {
  const { layout, biases, turn, before } = shared;
  const w = (weights: Params, part: string): Tensor => weight(weights, `blocks.${index}.${part}`);
  /** Llama has no biases; where some were put beside its weights, they count. */
  const dense = (weights: Params, part: string, x: Tensor): Tensor =>
    linear(x, w(weights, `${part}.weight`), weights[`blocks.${index}.${part}.bias`]);
  const smear = (weights: Params, keys: Tensor, lastKey: Tensor | undefined): Tensor =>
    smeared(keys, lastKey, w(weights, 'attention.smear'), before);
  return causalBlock({
    layout,
    biases,
    turn,
    project: (weights, states) => dense(weights, 'attention.qkv', rmsNorm(states, w(weights, 'norm1.gain'), normEps)),
    ...(keySmear ? { smear } : {}),
    finish: (weights, states, attended) => {
      const middle = tf.add(states, dense(weights, 'attention.output', attended));
      const x = rmsNorm(middle, w(weights, 'norm2.gain'), normEps);
      const gate = dense(weights, 'mlp.gate', x);
      const hidden = tf.mul(tf.mul(gate, tf.sigmoid(gate)), dense(weights, 'mlp.in', x));
      return tf.add(middle, dense(weights, 'mlp.out', hidden));
    },
  });
}

/**
 * Llama (Touvron et al., arXiv 2302.13971): RMSNorm before each part, rotary positions, heads that share keys and values in
 * groups, SwiGLU, no biases: the architecture of Hugging Face's `LlamaForCausalLM`, with smeared keys if wished.
 */
export function llama(options: LlamaOptions): LanguageArchitecture {
  const { vocabulary, contextLength, width, depth, heads, keyValueHeads, normEps, rotaryBase } = options;
  const { tiedHead: tied, keySmear = false } = options;
  const layout = layoutOf(options);
  const shapes = llamaShapes(options);
  const turnAt = rotaryPositions({ headWidth: layout.headWidth, base: rotaryBase });
  return {
    kind: 'language',
    vocabulary,
    contextLength,
    width,
    depth,
    heads,
    keyValueHeads,
    keyWidth: keyValueHeads * layout.headWidth,
    embed: (weights, ids) => tokenEmbedding(weight(weights, 'embed.token'), ids),
    enter: (_weights, embeddings) => embeddings,
    blocks: (places) => {
      const shared: Shared = {
        layout,
        biases: attentionBiases(places),
        turn: turnAt(places),
        before: keySmear ? hasPrevious(places) : null,
      };
      return Array.from({ length: depth }, (_, index) => llamaBlock(index, shared, options));
    },
    features: (weights, state) => rmsNorm(state, weight(weights, 'norm.gain'), normEps),
    ...languageHead(tied),
    shapes,
    initialise: (generator) => languageWeights(shapes, generator, { depth, embedding: 0.1 }),
  };
}

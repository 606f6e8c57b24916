import { gelu, layerNorm, linear, tf } from '../tensor/index.ts';
import type { GeluKind, Params, Tensor } from '../tensor/index.ts';
import { causalBlock } from './causal-block.ts';
import type { HeadLayout } from './causal-block.ts';
import type { EncoderInput, LanguageEncoder } from './language-encoder.ts';
import { languageHead } from './language-head.ts';
import { tokenEmbedding } from './token-embedding.ts';
import type { AttentionBias } from './token-places.ts';
import { denseShapes, normShapes, transformerBlockShapes } from './transformer-block.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

export interface BertOptions {
  readonly vocabulary: number;
  /** How many positions are learned; no token can stand behind them. */
  readonly contextLength: number;
  /** How many segments it tells apart. */
  readonly tokenTypes: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  /** 1e-12 in the paper's models. */
  readonly layerNormEps: number;
  /** The erf form when left out. */
  readonly gelu?: GeluKind;
  /** Whether a dense layer and tanh read the first token. */
  readonly pooler: boolean;
  /** Whether it has the head that names hidden tokens. */
  readonly maskedHead: boolean;
  /** Whether the token embeddings are that head's last layer, too; they are when left out. */
  readonly tiedHead?: boolean;
}

/** Names and shapes of all weights, dense ones `[in, out]`; the names are those of our ViT. */
export function bertShapes(options: BertOptions): WeightShapes {
  const { vocabulary, contextLength, tokenTypes, width, depth, mlpWidth, pooler, maskedHead, tiedHead = true } = options;
  return [
    ['embed.token', [vocabulary, width]],
    ['embed.position', [contextLength, width]],
    ['embed.type', [tokenTypes, width]],
    ...normShapes('embed.norm', width),
    ...transformerBlockShapes(depth, { width, mlpWidth, projectionBias: true }),
    ...(pooler ? denseShapes('pooler', width, width) : []),
    ...(maskedHead
      ? ([
          ...denseShapes('head.transform', width, width),
          ...normShapes('head.norm', width),
          ...(tiedHead ? [] : ([['head.weight', [width, vocabulary]]] as const)),
          ['head.bias', [vocabulary]],
        ] as const)
      : []),
  ];
}

/** Far below any score, so that its exponential is 0, and finite, so that no difference is NaN. */
const hidden = -1e9;

/** What attention adds to its scores so that nobody looks at padding. */
function paddingBias(mask: Tensor | undefined, batch: number, length: number): AttentionBias {
  if (!mask) return { scores: null, answered: null };
  if (mask.shape.join() !== [batch, length].join()) {
    throw new RangeError(`The mask of tokens [${batch}, ${length}] must have their shape, but it is [${mask.shape}].`);
  }
  const values = mask.dataSync();
  for (let row = 0; row < batch; row += 1) {
    if (values.subarray(row * length, (row + 1) * length).every((value) => value === 0)) {
      throw new RangeError(`Row ${row} of the batch is nothing but padding.`);
    }
  }
  if (!values.includes(0)) return { scores: null, answered: null };
  const scores = Float32Array.from(values, (value) => (value === 0 ? hidden : 0));
  return { scores: tf.tensor(scores, [batch, 1, 1, length]), answered: null };
}

function typeEmbedding(table: Tensor, types: Tensor | undefined, batch: number, length: number): Tensor {
  const [count = 0] = table.shape;
  if (!types) return tf.slice(table, [0, 0], [1, table.shape[1] ?? 0]);
  if (types.dtype !== 'int32' || types.shape.join() !== [batch, length].join()) {
    throw new RangeError(`The types of tokens [${batch}, ${length}] must be int32 of their shape, but they are ${types.dtype} [${types.shape}].`);
  }
  const foreign = [...types.dataSync()].find((type) => !(type >= 0 && type < count));
  if (foreign !== undefined) throw new RangeError(`Token type ${foreign} is none of the model's: its types are 0 to ${count - 1}.`);
  return tf.gather(table, types);
}

/**
 * BERT (Devlin et al., arXiv 1810.04805): learned positions, token types, the layer norm after each sum, and heads of its
 * own for the first token and for hidden tokens: the architecture of Hugging Face's `BertModel` and `BertForMaskedLM`
 * without dropout. A token's position is its place, padding or not.
 */
export function bert(options: BertOptions): LanguageEncoder {
  const { vocabulary, contextLength, width, depth, heads, layerNormEps, gelu: kind = 'erf', pooler, maskedHead, tiedHead = true } = options;
  if (width % heads !== 0) throw new RangeError(`${heads} heads can't share a width of ${width}.`);
  const layout: HeadLayout = { heads, keyValueHeads: heads, headWidth: width / heads };
  const dense = (weights: Params, x: Tensor, part: string): Tensor =>
    linear(x, weight(weights, `${part}.weight`), weight(weights, `${part}.bias`));
  const norm = (weights: Params, x: Tensor, part: string): Tensor =>
    layerNorm(x, weight(weights, `${part}.gain`), weight(weights, `${part}.shift`), layerNormEps);

  const embed = (weights: Params, { tokens, tokenTypes }: EncoderInput): Tensor => {
    const words = tokenEmbedding(weight(weights, 'embed.token'), tokens);
    const [batch = 0, length = 0] = tokens.shape;
    if (length === 0 || length > contextLength) {
      throw new RangeError(`The text has ${length} tokens; the model has positions for 1 to ${contextLength}.`);
    }
    const places = tf.slice(weight(weights, 'embed.position'), [0, 0], [length, width]);
    const typed = tf.add(words, typeEmbedding(weight(weights, 'embed.type'), tokenTypes, batch, length));
    return norm(weights, tf.add(typed, places), 'embed.norm');
  };

  // a block of a causal transformer looks wherever its bias lets it
  const block = (index: number, bias: AttentionBias) => {
    const at = (part: string): string => `blocks.${index}.${part}`;
    return causalBlock({
      layout,
      biases: () => bias,
      project: (weights, states) => dense(weights, states, at('attention.qkv')),
      finish: (weights, states, attended) => {
        const middle = norm(weights, tf.add(states, dense(weights, attended, at('attention.output'))), at('norm1'));
        const inner = gelu(dense(weights, middle, at('mlp.in')), kind);
        return norm(weights, tf.add(middle, dense(weights, inner, at('mlp.out'))), at('norm2'));
      },
    });
  };

  const { classify } = languageHead(tiedHead);
  return {
    kind: 'encoder',
    vocabulary,
    contextLength,
    width,
    depth,
    heads,
    states: (weights, input) =>
      tf.tidy(() => {
        let state = embed(weights, input);
        const [batch = 0, length = 0] = state.shape;
        const bias = paddingBias(input.mask, batch, length);
        for (let index = 0; index < depth; index += 1) ({ state } = block(index, bias)(weights, state));
        return state;
      }),
    pooled: pooler
      ? (weights, states) =>
          tf.tidy(() => {
            const [batch = 0] = states.shape;
            const first = tf.reshape(tf.slice(states, [0, 0, 0], [batch, 1, width]), [batch, width]);
            return tf.tanh(dense(weights, first, 'pooler'));
          })
      : null,
    maskedLogits: maskedHead
      ? (weights, states) =>
          tf.tidy(() => {
            const read = norm(weights, gelu(dense(weights, states, 'head.transform'), kind), 'head.norm');
            return tf.add(classify(weights, read), weight(weights, 'head.bias'));
          })
      : null,
    shapes: bertShapes(options),
  };
}

import type { Params, Tensor } from '../tensor/index.ts';
import type { WeightShapes } from './weight-shapes.ts';

/** What an encoder reads. */
export interface EncoderInput {
  /** Token ids int32 `[batch, length]`. */
  readonly tokens: Tensor;
  /** `[batch, length]`, 0 for padding, which no token looks at; all are tokens when left out. */
  readonly mask?: Tensor;
  /** int32 `[batch, length]`: which of its segments a token belongs to; all to the first when left out. */
  readonly tokenTypes?: Tensor;
}

/**
 * A language model whose tokens look at each other in both directions, as pure functions over its weights. Tokens are
 * numbers below `vocabulary`. What stands at padded places of a result means nothing.
 */
export interface LanguageEncoder {
  readonly kind: 'encoder';
  readonly vocabulary: number;
  /** How many positions are learned. */
  readonly contextLength: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  /** → `[batch, length, width]`. Gradients pass through. RangeError when shapes or ids don't fit the model. */
  readonly states: (weights: Params, input: EncoderInput) => Tensor;
  /** States → what the pooler makes of the first token, `[batch, width]`; `null` in a model without one. */
  readonly pooled: ((weights: Params, states: Tensor) => Tensor) | null;
  /** States `[…, width]` → logits of the hidden tokens, `[…, vocabulary]`; `null` in a model without that head. */
  readonly maskedLogits: ((weights: Params, states: Tensor) => Tensor) | null;
  /** Names and shapes of all weights, dense ones `[in, out]`. */
  readonly shapes: WeightShapes;
}

import { linear } from '../tensor/index.ts';
import type { GeluKind } from '../tensor/index.ts';
import { gpt2, gpt2Shapes } from './gpt2.ts';
import type { TextTower } from './image-text-architecture.ts';
import { languageWeights } from './language-weights.ts';
import { weight } from './weight.ts';
import type { WeightShapes } from './weight-shapes.ts';

export interface ClipTextOptions {
  readonly vocabulary: number;
  /** How many positions are learned; no token can stand behind them. */
  readonly contextLength: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly layerNormEps: number;
  /** `quick` when left out. */
  readonly gelu?: GeluKind;
  /** Width of the space that pictures and texts share. */
  readonly embeddingWidth: number;
  /** The token that ends a text; a text is read there. */
  readonly end: number;
}

/** Names and shapes of all weights; those before the projection are our GPT-2's. */
export function clipTextShapes(options: ClipTextOptions): WeightShapes {
  return [...gpt2Shapes(options), ['projection.weight', [options.width, options.embeddingWidth]]];
}

/**
 * CLIP's text tower (Radford et al. 2021, arXiv 2103.00020; Hugging Face's `CLIPTextModelWithProjection`): GPT-2's causal
 * transformer, read at the end of the text: t ↦ W·LN(h(t)_end).
 * @throws RangeError where heads can't share the width or the vocabulary lacks the end token
 */
export function clipTextTower(options: ClipTextOptions): TextTower {
  const { vocabulary, depth, end, embeddingWidth, gelu = 'quick' } = options;
  if (!(Number.isInteger(end) && end >= 0 && end < vocabulary)) {
    throw new RangeError(`Token ${end}, which ends a text, is none of the vocabulary's: its tokens are 0 to ${vocabulary - 1}.`);
  }
  const shapes = clipTextShapes(options);
  return {
    language: gpt2({ ...options, gelu }),
    end,
    project: (weights, features) => linear(features, weight(weights, 'projection.weight')),
    embeddingWidth,
    shapes,
    initialise: (generator) => languageWeights(shapes, generator, { depth, embedding: 0.02 }),
  };
}

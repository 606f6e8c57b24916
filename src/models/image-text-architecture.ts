import type { Generator } from '../random/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import type { LanguageArchitecture } from './language-architecture.ts';
import type { Architecture } from './types.ts';
import type { WeightShapes } from './weight-shapes.ts';

/**
 * What makes embeddings of pictures: an architecture that has no classes of its own, since any texts can be its classes.
 * `features` are the embeddings before they are brought to unit length, `[batch, embeddingWidth]`.
 */
export interface ImageTower extends Omit<Architecture, 'outputs' | 'classify' | 'classifierWeights'> {
  /** Names and shapes of all weights. */
  readonly shapes: WeightShapes;
}

/** What makes embeddings of texts: a causal transformer, read at the end of each text. */
export interface TextTower {
  /** embed → enter → blocks → features. It names no next tokens: its head is not part of the tower. */
  readonly language: LanguageArchitecture;
  /** The token that ends a text; a text is read there. */
  readonly end: number;
  /** Width of the space that pictures and texts share. */
  readonly embeddingWidth: number;
  /** Features of end tokens `[…, width]` → embeddings before they are brought to unit length, `[…, embeddingWidth]`. */
  readonly project: (weights: Params, features: Tensor) => Tensor;
  /** Names and shapes of all weights. */
  readonly shapes: WeightShapes;
  /** Fresh weights. */
  readonly initialise: (generator: Generator) => Params;
}

/** Two towers into one space, as pure functions over their weights. They know nothing of methods. */
export interface ImageTextArchitecture {
  readonly kind: 'image-text';
  readonly image: ImageTower;
  readonly text: TextTower;
}

/** The weights of both towers, each under its own names, and the logarithm of what cosines are multiplied with, a scalar. */
export interface ImageTextWeights {
  readonly image: Params;
  readonly text: Params;
  readonly logitScale: Tensor;
}

/** All weights in one tree: `image.…`, `text.…` and `logitScale`; the tensors are the same. */
export function oneTree({ image, text, logitScale }: ImageTextWeights): Params {
  const under = (prefix: string, tree: Params): [string, Tensor][] =>
    Object.entries(tree).map(([name, tensor]) => [`${prefix}.${name}`, tensor]);
  return Object.fromEntries([...under('image', image), ...under('text', text), ['logitScale', logitScale]]);
}

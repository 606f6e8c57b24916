import type { Tokenizer } from '../text/index.ts';
import type { ImageTextArchitecture, ImageTextWeights } from './image-text-architecture.ts';

/** A pair of towers with weights that nothing may change, and the tokenizer that the text tower was trained with. */
export interface FrozenImageTextModel {
  readonly id: string;
  readonly architecture: ImageTextArchitecture;
  readonly weights: ImageTextWeights;
  /** SHA-256 over names, shapes and bits of the weights as used, those of `oneTree`. */
  readonly digest: string;
  /** Puts the tokens around a text that the text tower expects. */
  readonly tokenizer: Tokenizer;
  /** Made by this project (labelled so wherever it appears), or taken from elsewhere. */
  readonly homeMade: boolean;
}

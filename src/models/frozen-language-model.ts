import type { Params } from '../tensor/index.ts';
import type { Tokenizer } from '../text/index.ts';
import type { LanguageArchitecture } from './language-architecture.ts';

/** A causal language model with weights that nothing may change, and the tokenizer that it was trained with. */
export interface FrozenLanguageModel {
  readonly id: string;
  readonly architecture: LanguageArchitecture;
  readonly weights: Params;
  /** SHA-256 over names, shapes and bits of the weights as used. */
  readonly digest: string;
  readonly tokenizer: Tokenizer;
  /** The token that a text begins with; `null` where there is none. */
  readonly start: number | null;
  /** Made by this project (labelled so wherever it appears), or taken from elsewhere. */
  readonly homeMade: boolean;
}

import type { Params } from '../tensor/index.ts';
import type { Tokenizer } from '../text/index.ts';
import type { LanguageEncoder } from './language-encoder.ts';

/** An encoder of texts with weights that nothing may change, and the tokenizer that it was trained with. */
export interface FrozenLanguageEncoder {
  readonly id: string;
  readonly architecture: LanguageEncoder;
  readonly weights: Params;
  /** SHA-256 over names, shapes and bits of the weights as used. */
  readonly digest: string;
  /** Puts the tokens around a text that the model expects. */
  readonly tokenizer: Tokenizer;
  /** Made by this project (labelled so wherever it appears), or taken from elsewhere. */
  readonly homeMade: boolean;
}

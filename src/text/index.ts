export { TextTooLong, TokenizerError } from './tokenizer-error.ts';
export type { DecodeOptions, EncodeOptions, Tokenizer } from './tokenizer.ts';
export { readTokenizerBin } from './read-tokenizer-bin.ts';
export { readTokenizerJson } from './read-tokenizer-json.ts';
export { readVocabTxt } from './read-vocab-txt.ts';
export type { VocabTxtOptions } from './read-vocab-txt.ts';
export { wordTokenizer } from './word-tokenizer.ts';
export type { WordTokenizerOptions } from './word-tokenizer.ts';

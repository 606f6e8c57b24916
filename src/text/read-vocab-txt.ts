import { reservedToken } from './added-tokens.ts';
import { wordPieceDecoder } from './decoders.ts';
import { bertNormaliser } from './normalisers.ts';
import { bertSplitter } from './splitters.ts';
import { TokenizerError } from './tokenizer-error.ts';
import { tokenizerOf } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { vocabularyOf } from './vocabulary.ts';
import { wellFormedText } from './well-formed-text.ts';
import { wordPieceModel } from './word-piece-model.ts';

export interface VocabTxtOptions {
  /** Whether the model has seen lower-case text without accents (`uncased`) or text as it is (`cased`). */
  readonly cased: boolean;
}

const needed = ['[UNK]', '[CLS]', '[SEP]'];
const specials = [...needed, '[PAD]', '[MASK]'];

/**
 * BERT's WordPiece tokenizer from its `vocab.txt`: one token a line, the id is the number of the line from 0 on. Throws
 * TokenizerError for bytes that aren't UTF-8, a token that stands there twice, and a vocabulary without `[UNK]`,
 * `[CLS]` and `[SEP]`.
 */
export function readVocabTxt(content: string | Uint8Array, { cased }: VocabTxtOptions, file = 'vocab.txt'): Tokenizer {
  const lines = wellFormedText(content, file).replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const vocabulary = vocabularyOf(lines.map((token, id) => [token, id]), file);
  const [missing] = needed.filter((token) => vocabulary.idOf(token) === undefined);
  if (missing !== undefined) throw new TokenizerError(`${file} has no line ${missing}, which BERT's tokenizer needs.`);
  const idOf = (token: string): number => vocabulary.idOf(token) ?? 0;
  const added = specials.filter((token) => vocabulary.idOf(token) !== undefined).map((token) => reservedToken(token, idOf(token)));
  return tokenizerOf({
    vocabulary,
    added,
    addedNormalised: [],
    normalise: bertNormaliser({ cleanText: true, separateChinese: true, stripAccents: !cased, lowerCase: !cased }),
    split: bertSplitter,
    model: wordPieceModel({ vocabulary, unknown: '[UNK]', continuationPrefix: '##', longestWord: 100, where: file }),
    around: { before: [idOf('[CLS]')], behind: [idOf('[SEP]')] },
    decode: wordPieceDecoder('##', true),
    finish: (text) => text,
  });
}

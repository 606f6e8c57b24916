import type { WordModel } from './byte-pair-model.ts';
import { TokenizerError } from './tokenizer-error.ts';
import { quoted } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface WordPieceOptions {
  readonly vocabulary: Vocabulary;
  readonly unknown: string;
  /** Stands before every piece of a word but the first (`##` in BERT). */
  readonly continuationPrefix: string;
  /** A word of more characters is unknown. */
  readonly longestWord: number;
  /** Where the vocabulary came from, for messages. */
  readonly where: string;
}

/**
 * WordPiece: from the front of a word the longest piece in the vocabulary, again and again; a word that can't be
 * covered is unknown as a whole. Throws {@link TokenizerError} where the vocabulary lacks the unknown token. Source:
 * google-research/bert tokenization.py (`WordpieceTokenizer`).
 */
export function wordPieceModel(options: WordPieceOptions): WordModel {
  const { vocabulary, continuationPrefix, longestWord } = options;
  const unknown = vocabulary.idOf(options.unknown);
  if (unknown === undefined) {
    throw new TokenizerError(`${options.where} has no ${quoted(options.unknown)}, the token for unknown words.`);
  }
  // No piece is longer than the longest token, so a long word takes no longer than its letters and that length ask for.
  let longestToken = 0;
  for (const [token] of vocabulary.entries()) longestToken = Math.max(longestToken, token.length);
  return (word) => {
    const characters = Array.from(word);
    if (characters.length > longestWord) return [unknown];
    const ids: number[] = [];
    for (let start = 0; start < characters.length; ) {
      const prefix = start === 0 ? '' : continuationPrefix;
      let end = Math.min(characters.length, start + longestToken);
      let id: number | undefined;
      for (; end > start; end--) {
        id = vocabulary.idOf(prefix + characters.slice(start, end).join(''));
        if (id !== undefined) break;
      }
      if (id === undefined) return [unknown];
      ids.push(id);
      start = end;
    }
    return ids;
  };
}

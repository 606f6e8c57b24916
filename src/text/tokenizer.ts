import { cutAtTokens } from './added-tokens.ts';
import type { AddedToken, Piece } from './added-tokens.ts';
import type { Around } from './around.ts';
import type { WordModel } from './byte-pair-model.ts';
import type { Decoder } from './decoders.ts';
import type { Normaliser } from './normalisers.ts';
import type { Splitter } from './splitters.ts';
import { TextTooLong, TokenizerError } from './tokenizer-error.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wellFormedText } from './well-formed-text.ts';

export interface EncodeOptions {
  /** Whether the tokens that the model expects around a text (start, end, class) are put there; default true. */
  readonly specials?: boolean;
  /** The most tokens allowed, those around the text among them. */
  readonly atMost?: number;
  /** What becomes of a longer text: refused with {@link TextTooLong} (default), or its end cut off. */
  readonly whenLonger?: 'refuse' | 'cut';
  /** Whether a special token written out in the text is text like any other; default false: it is that token. */
  readonly asPlainText?: boolean;
}

export interface DecodeOptions {
  /** Whether special tokens are written out; default false: they are left out. */
  readonly specials?: boolean;
}

/** Text to token ids and back. */
export interface Tokenizer {
  /** Every id lies below it. */
  readonly size: number;
  /**
   * The token ids of a text; bytes are read as UTF-8. Throws {@link TokenizerError} for malformed UTF-8 or a lone
   * surrogate, {@link TextTooLong} for a text of more than `atMost` tokens.
   */
  readonly encode: (text: string | Uint8Array, options?: EncodeOptions) => readonly number[];
  /**
   * The text of token ids. Bytes that end in the middle of a character become U+FFFD. Throws {@link TokenizerError} for
   * an id that no token has.
   */
  readonly decode: (ids: Iterable<number>, options?: DecodeOptions) => string;
  readonly idOf: (token: string) => number | undefined;
  /** The token as the vocabulary writes it: bytes as characters, marks and all. */
  readonly tokenOf: (id: number) => string | undefined;
}

export interface TokenizerParts {
  readonly vocabulary: Vocabulary;
  /** Tokens found in the text as it comes. */
  readonly added: readonly AddedToken[];
  /** Tokens found in the normalised text. */
  readonly addedNormalised: readonly AddedToken[];
  readonly normalise: Normaliser;
  readonly split: Splitter;
  readonly model: WordModel;
  readonly around: Around;
  readonly decode: Decoder;
  /** The last touch to a decoded text. */
  readonly finish: (text: string) => string;
}

/** Puts the parts of a tokenizer together: added tokens, normaliser, splitter, model, tokens around, decoder. */
export function tokenizerOf(parts: TokenizerParts): Tokenizer {
  const { vocabulary, around } = parts;
  const normalised = parts.addedNormalised.map((token) => ({ ...token, content: parts.normalise(token.content) }));
  const stated = [...parts.added, ...parts.addedNormalised];
  const added = new Map(stated.map((token) => [token.id, token]));
  const idsOfAdded = new Map(stated.map((token) => [token.content, token.id]));
  const written = new Map(normalised.map((token) => [token.id, token.content]));
  const size = [...added.keys()].reduce((most, id) => Math.max(most, id + 1), vocabulary.size);
  const cutRaw = cutAtTokens(parts.added);
  const cutNormalised = cutAtTokens(normalised);
  const tokenOf = (id: number): string | undefined => added.get(id)?.content ?? vocabulary.tokenOf(id);

  const idsOf = (text: string, asPlainText: boolean): number[] => {
    const ids: number[] = [];
    const take = (piece: Piece, more: (text: string, isStart: boolean) => void, isStart: boolean): void => {
      if ('id' in piece) ids.push(piece.id);
      else more(piece.text, isStart && piece.start === 0);
    };
    const encodeWords = (piece: string, isStart: boolean): void => {
      for (const word of parts.split(piece, isStart)) for (const id of parts.model(word)) ids.push(id);
    };
    for (const piece of cutRaw(text, asPlainText)) {
      take(piece, (raw, isStart) => {
        for (const inner of cutNormalised(parts.normalise(raw), asPlainText)) take(inner, encodeWords, isStart);
      }, true);
    }
    return ids;
  };

  return {
    size,
    idOf: (token) => idsOfAdded.get(token) ?? vocabulary.idOf(token),
    tokenOf,
    encode: (text, { specials = true, atMost = Infinity, whenLonger = 'refuse', asPlainText = false } = {}) => {
      const inner = idsOf(wellFormedText(text), asPlainText);
      const { before, behind } = specials ? around : { before: [], behind: [] };
      const fixed = before.length + behind.length;
      const tokens = inner.length + fixed;
      if (tokens <= atMost) return fixed === 0 ? inner : [...before, ...inner, ...behind];
      if (whenLonger === 'refuse' || fixed > atMost) throw new TextTooLong(tokens, atMost);
      return [...before, ...inner.slice(0, atMost - fixed), ...behind];
    },
    decode: (ids, { specials = false } = {}) => {
      const tokens: string[] = [];
      for (const id of ids) {
        const token = tokenOf(id);
        if (token === undefined) {
          throw new TokenizerError(
            id >= 0 && id < size && Number.isInteger(id)
              ? `No token has the id ${id}; the vocabulary leaves it out.`
              : `The token id ${id} lies outside the vocabulary, whose ids go from 0 to ${size - 1}.`,
          );
        }
        if (specials || added.get(id)?.special !== true) tokens.push(written.get(id) ?? token);
      }
      return parts.finish(parts.decode(tokens).join(''));
    },
  };
}

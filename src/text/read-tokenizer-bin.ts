import { reservedToken } from './added-tokens.ts';
import { bytePairModel, byteToken, pairKey } from './byte-pair-model.ts';
import { byteFallback, fuse, strip } from './decoders.ts';
import { rankLimit } from './merge-pairs.ts';
import type { Merge } from './merge-pairs.ts';
import { TokenizerError } from './tokenizer-error.ts';
import { tokenizerOf } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { quoted, vocabularyOf } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wellFormedText } from './well-formed-text.ts';

/** The three first ids of every such file, as SentencePiece names them: unknown, start and end of a text. */
const reserved = ['<unk>', '<s>', '</s>'];
const expected = [...reserved, ...Array.from({ length: 256 }, (_, byte) => byteToken(byte))];
const firstText = expected.length;

/**
 * The SentencePiece tokenizer in a `tokenizer.bin` of llama2.c: the length of the longest token, then for each token
 * its score (float32), its length (int32) and its UTF-8 bytes, little endian, with blanks in place of `▁`. Pairs of
 * neighbours are merged where the two together are a token, those with the highest score first; a character that is no
 * token becomes its bytes; a text gets a blank in front. Ids 0 to 2 are special, and 3 to 258 are the bytes. Where
 * llama2.c takes a special token that is written out as text, so does `asPlainText`. Throws TokenizerError for a file
 * that ends early or isn't of this kind. Source: karpathy/llama2.c run.c (`encode`).
 */
export function readTokenizerBin(bytes: Uint8Array, file = 'tokenizer.bin'): Tokenizer {
  const { pieces, scores } = readPieces(bytes, file);
  expected.forEach((name, id) => {
    const piece = pieces[id];
    if ((id < reserved.length ? piece?.trim() : piece) === name) return;
    const found = piece === undefined ? `has no token ${id}` : `has ${quoted(piece)} as token ${id}`;
    throw new TokenizerError(`${file} ${found}, where such a file has ${quoted(name)}.`);
  });
  const vocabulary = vocabularyOf(pieces.map((piece, id) => [reserved[id] ?? piece, id]), file);
  if (vocabulary.idOf(' ') === undefined) {
    throw new TokenizerError(`${file} has no token for a blank, which stands before every text.`);
  }
  return tokenizerOf({
    vocabulary,
    added: reserved.map(reservedToken),
    addedNormalised: [],
    normalise: (text) => (text === '' ? '' : ` ${text}`),
    split: (text) => [text],
    model: bytePairModel({
      vocabulary,
      merges: mergesByScore(pieces, scores, vocabulary, file),
      unknown: '<unk>',
      fuseUnknown: true,
      byteFallback: true,
      continuationPrefix: '',
      endOfWord: '',
      wholeWordsFirst: false,
    }),
    around: { before: [1], behind: [] },
    decode: (tokens) => strip(' ', 1, 0)(fuse(byteFallback(tokens))),
    finish: (text) => text,
  });
}

function readPieces(bytes: Uint8Array, file: string): { pieces: string[]; scores: number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  const scores: number[] = [];
  const ends = (what: string): never => {
    throw new TokenizerError(`${file} ends at byte ${bytes.length}, inside ${what}.`);
  };
  if (bytes.length < 4) ends('the length of the longest token');
  const longest = view.getUint32(0, true);
  for (let at = 4; at < bytes.length; ) {
    const what = `token ${pieces.length}`;
    if (at + 8 > bytes.length) ends(what);
    const score = view.getFloat32(at, true);
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    if (!Number.isFinite(score)) throw new TokenizerError(`${file} gives ${what} the score ${score}, at byte ${at}.`);
    if (length === 0 || length > longest) {
      throw new TokenizerError(`${file} gives ${what} ${length} bytes at byte ${at + 4}; a token has 1 to ${longest}.`);
    }
    if (start + length > bytes.length) ends(what);
    pieces.push(wellFormedText(bytes.subarray(start, start + length), `${file}: ${what}`));
    scores.push(score);
    at = start + length;
  }
  return { pieces, scores };
}

/**
 * Every way to put a token together from two others, ranked by the token's score: what the loop of llama2.c finds pair
 * by pair. Special tokens and those of bytes are neither made nor used, so that no text can spell them.
 */
function mergesByScore(
  pieces: readonly string[],
  scores: readonly number[],
  vocabulary: Vocabulary,
  file: string,
): ReadonlyMap<number, Merge> {
  const distinct = [...new Set(scores)].sort((a, b) => b - a);
  if (distinct.length > rankLimit) {
    throw new TokenizerError(`${file} has ${distinct.length} scores; at most ${rankLimit} can be read here.`);
  }
  const rankOf = new Map(distinct.map((score, rank) => [score, rank]));
  const merges = new Map<number, Merge>();
  pieces.forEach((piece, id) => {
    if (id < firstText) return;
    const rank = rankOf.get(scores[id] ?? 0) ?? 0;
    let cut = 0;
    for (const character of piece) {
      cut += character.length;
      const left = vocabulary.idOf(piece.slice(0, cut)) ?? 0;
      const right = vocabulary.idOf(piece.slice(cut)) ?? 0;
      if (left >= firstText && right >= firstText) merges.set(pairKey(left, right, vocabulary.size), { rank, id });
    }
  });
  return merges;
}

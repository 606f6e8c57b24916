import type { AddedToken } from './added-tokens.ts';
import { nothingAround, readAround } from './around.ts';
import { bytePairModel, pairKey } from './byte-pair-model.ts';
import type { WordModel } from './byte-pair-model.ts';
import { readDecoder } from './decoders.ts';
import type { Decoder } from './decoders.ts';
import { JsonPart } from './json-part.ts';
import { rankLimit } from './merge-pairs.ts';
import type { Merge } from './merge-pairs.ts';
import { readNormaliser } from './normalisers.ts';
import { readSplitter } from './splitters.ts';
import { tokenizerOf } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { quoted, vocabularyOf } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wordPieceModel } from './word-piece-model.ts';

/**
 * The tokenizer that a parsed `tokenizer.json` of Hugging Face describes: BPE (GPT-2, CLIP, Llama) or WordPiece (BERT).
 * The file's own `truncation` and `padding` are not applied; the caller of `encode` says how long a text may be.
 * Throws TokenizerError, which names the part that is missing or can't be read here.
 */
export function readTokenizerJson(json: unknown, file = 'tokenizer.json'): Tokenizer {
  const whole = new JsonPart(json, file);
  const model = whole.get('model');
  const { kind, endOfWord, read } = readModelKind(model);
  const table = model.get('vocab');
  const entries = table.entries().map(([token, id]): readonly [string, number] => [
    token,
    typeof id === 'number' ? id : table.fail(`gives ${quoted(token)} no number as its id`),
  ]);
  const vocabulary = vocabularyOf(entries, table.where);
  const { raw, normalised } = readAddedTokens(whole, vocabulary);
  const tokens = new Map([...raw, ...normalised].map(({ id, content }) => [id, content]));
  const normaliser = whole.find('normalizer');
  const splitter = whole.find('pre_tokenizer');
  const processor = whole.find('post_processor');
  const decoder = whole.find('decoder');
  return tokenizerOf({
    vocabulary,
    added: raw,
    addedNormalised: normalised,
    normalise: normaliser ? readNormaliser(normaliser) : (text) => text,
    split: splitter ? readSplitter(splitter) : (text) => [text],
    model: read(model, vocabulary),
    around: processor
      ? readAround(processor, { tokenOf: (id) => tokens.get(id) ?? vocabulary.tokenOf(id) })
      : nothingAround,
    decode: decoder ? readDecoder(decoder) : spaced,
    // CLIP's decoder leaves the marks of word ends in the text.
    finish: kind === 'BPE' && endOfWord !== '' && decoder?.find('type')?.text() === 'ByteLevel'
      ? (text) => stripped(text.replaceAll(endOfWord, ' '))
      : (text) => text,
  });
}

/** Without a decoder tokens stand apart. */
const spaced: Decoder = (tokens) => [tokens.join(' ')];

/** White space as Python's `str.strip` takes it off. */
const outerSpace = /^[\p{White_Space}\x1c-\x1f]+|[\p{White_Space}\x1c-\x1f]+$/gu;
const stripped = (text: string): string => text.replace(outerSpace, '');

interface ModelKind {
  readonly kind: 'BPE' | 'WordPiece';
  readonly endOfWord: string;
  readonly read: (part: JsonPart, vocabulary: Vocabulary) => WordModel;
}

/** Older files don't say the kind of their model; merges and the longest word tell. */
function readModelKind(model: JsonPart): ModelKind {
  const endOfWord = model.find('end_of_word_suffix')?.text() ?? '';
  const bytePair: ModelKind = { kind: 'BPE', endOfWord, read: readBytePairs };
  const wordPiece: ModelKind = { kind: 'WordPiece', endOfWord: '', read: readWordPieces };
  if (!model.find('type')) {
    if (model.find('merges')) return bytePair;
    if (model.find('max_input_chars_per_word')) return wordPiece;
  }
  return model.pick('type', new Map([['BPE', bytePair], ['WordPiece', wordPiece]]));
}

function readWordPieces(model: JsonPart, vocabulary: Vocabulary): WordModel {
  return wordPieceModel({
    vocabulary,
    unknown: model.find('unk_token')?.text() ?? '[UNK]',
    continuationPrefix: model.find('continuing_subword_prefix')?.text() ?? '##',
    longestWord: model.find('max_input_chars_per_word')?.number() ?? 100,
    where: model.get('vocab').where,
  });
}

function readBytePairs(model: JsonPart, vocabulary: Vocabulary): WordModel {
  const dropout = model.find('dropout');
  if (dropout && dropout.number() !== 0) dropout.fail('asks for tokens by chance, and here a text always has the same');
  const continuationPrefix = model.find('continuing_subword_prefix')?.text() ?? '';
  const unknown = model.find('unk_token');
  if (unknown && vocabulary.idOf(unknown.text()) === undefined) {
    unknown.fail(`is ${quoted(unknown.text())}, which model.vocab lacks`);
  }
  return bytePairModel({
    vocabulary,
    merges: readMerges(model.get('merges'), vocabulary, continuationPrefix),
    unknown: unknown?.text(),
    fuseUnknown: model.find('fuse_unk')?.truth() ?? false,
    byteFallback: model.find('byte_fallback')?.truth() ?? false,
    continuationPrefix,
    endOfWord: model.find('end_of_word_suffix')?.text() ?? '',
    wholeWordsFirst: model.find('ignore_merges')?.truth() ?? false,
  });
}

/** Merges are pairs, or texts with a blank between the two; their rank is their place. */
function readMerges(part: JsonPart, vocabulary: Vocabulary, prefix: string): ReadonlyMap<number, Merge> {
  const merges = new Map<number, Merge>();
  const listed = part.list();
  if (listed.length > rankLimit) part.fail(`has ${listed.length} merges; at most ${rankLimit} can be read here`);
  listed.forEach((item, rank) => {
    if (!item.isList() && item.text().startsWith('#version')) return;
    const [left, right, ...more] = item.isList() ? item.list().map((side) => side.text()) : item.text().split(' ');
    if (left === undefined || right === undefined || more.length > 0) return item.fail('must name two tokens');
    const known = (token: string): number =>
      vocabulary.idOf(token) ?? item.fail(`merges ${quoted(left)} and ${quoted(right)}, and model.vocab lacks ${quoted(token)}`);
    const id = known(left + right.slice(prefix.length));
    merges.set(pairKey(known(left), known(right), vocabulary.size), { rank, id });
  });
  return merges;
}

function readAddedTokens(whole: JsonPart, vocabulary: Vocabulary): { raw: AddedToken[]; normalised: AddedToken[] } {
  const raw: AddedToken[] = [];
  const normalised: AddedToken[] = [];
  const taken = new Map<number, string>();
  for (const part of whole.find('added_tokens')?.list() ?? []) {
    const id = part.get('id').number();
    const content = part.get('content').text();
    if (!Number.isSafeInteger(id) || id < 0) part.get('id').fail(`is ${id}; an id is a whole number from 0 on`);
    const stated = vocabulary.idOf(content) ?? id;
    if (stated !== id) part.fail(`gives ${quoted(content)} the id ${id}, and model.vocab gives it ${stated}`);
    const other = taken.get(id) ?? vocabulary.tokenOf(id) ?? content;
    if (other !== content) part.fail(`gives ${quoted(content)} the id ${id}, which ${quoted(other)} has`);
    taken.set(id, content);
    const flag = (name: string, otherwise: boolean): boolean => part.find(name)?.truth() ?? otherwise;
    const special = flag('special', false);
    (flag('normalized', !special) ? normalised : raw).push({
      id,
      content,
      special,
      singleWord: flag('single_word', false),
      takesLeft: flag('lstrip', false),
      takesRight: flag('rstrip', false),
    });
  }
  return { raw, normalised };
}

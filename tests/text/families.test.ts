import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTokenizerJson, readVocabTxt } from '../../src/text/index.ts';
import type { Tokenizer } from '../../src/text/index.ts';
import { storedJson, storedModel, storedTexts, storedTokenizer } from './stored-tokenizer.ts';

const plain = { specials: false };
const tokens = (tokenizer: Tokenizer, text: string): readonly string[] =>
  tokenizer.encode(text, plain).map((id) => tokenizer.tokenOf(id) ?? '');

/** A BPE tokenizer of single characters: what is split shows in what is encoded. */
const characters = (changed: object): Tokenizer =>
  readTokenizerJson({
    model: { type: 'BPE', vocab: Object.fromEntries(Array.from('▁ abcdest<>/', (character, id) => [character, id])), merges: [] },
    ...changed,
  });

test('CLIP reads text in lower case, with runs of white space as one blank, digits one by one', () => {
  const clip = storedTokenizer('clip');
  assert.deepEqual(clip.encode('  Pixel\t\n TARGET\u3000river  '), clip.encode('pixel target river'));
  assert.deepEqual(clip.encode('cafe\u0301'), clip.encode('CAFÉ'));
  assert.deepEqual(tokens(clip, '2024'), ['2</w>', '0</w>', '2</w>', '4</w>']);
  assert.equal(clip.decode(clip.encode("It's a   Pixel!")), "it 's a pixel !");
});

test('a vocab.txt gives the tokens that the tokenizer.json with the same vocabulary gives', () => {
  const stored = storedTokenizer('wordpiece');
  const lines = Array.from({ length: stored.size }, (_, id) => stored.tokenOf(id)).join('\n');
  let texts = 0;
  for (const content of [lines, `${lines}\n`, `\uFEFF${lines.replaceAll('\n', '\r\n')}\r\n`, new TextEncoder().encode(lines)]) {
    const read = readVocabTxt(content, { cased: false });
    for (const text of storedTexts('wordpiece')) {
      const ids = stored.encode(text);
      assert.deepEqual(read.encode(text), ids);
      assert.equal(read.decode(ids), stored.decode(ids));
      texts += 1;
    }
  }
  assert.ok(texts > 700);
});

test('a cased BERT keeps capitals and accents', () => {
  const vocabulary = ['[UNK]', '[CLS]', '[SEP]', 'Café', 'cafe', '##s'].join('\n');
  const cased = readVocabTxt(vocabulary, { cased: true });
  const uncased = readVocabTxt(vocabulary, { cased: false });
  assert.deepEqual(tokens(cased, 'Cafés Café cafe'), ['Café', '##s', 'Café', 'cafe']);
  assert.deepEqual(tokens(uncased, 'Cafés Café cafe'), ['cafe', '##s', 'cafe', 'cafe']);
  assert.deepEqual(cased.encode('Café'), [1, 3, 2]);
});

test('WordPiece takes the longest piece first; a word without a way through is unknown as a whole', () => {
  const model = { type: 'WordPiece', vocab: { '[UNK]': 0, a: 1, ab: 2, '##b': 3, '##bc': 4, abcd: 5, '##😀': 6 } };
  const bert = readTokenizerJson({ model, pre_tokenizer: { type: 'BertPreTokenizer' } });
  assert.deepEqual(tokens(bert, 'abb abcd abc a😀'), ['ab', '##b', 'abcd', '[UNK]', 'a', '##😀']);
  assert.deepEqual(tokens(bert, `a${'b'.repeat(99)}`).length, 99);
  assert.deepEqual(tokens(bert, `a${'b'.repeat(100)}`), ['[UNK]']);
});

test('unknown characters become bytes, one unknown token for a run of them, or one each', () => {
  const model = (changed: object): object => ({
    type: 'BPE',
    vocab: { '<unk>': 0, a: 1, '<0xC3>': 2, '<0xA9>': 3 },
    merges: [],
    unk_token: '<unk>',
    ...changed,
  });
  const read = (changed: object): readonly string[] => tokens(readTokenizerJson({ model: model(changed) }), 'aé日本aé');
  assert.deepEqual(read({}), ['a', '<unk>', '<unk>', '<unk>', 'a', '<unk>']);
  assert.deepEqual(read({ fuse_unk: true }), ['a', '<unk>', 'a', '<unk>']);
  assert.deepEqual(read({ fuse_unk: true, byte_fallback: true }), ['a', '<0xC3>', '<0xA9>', '<unk>', 'a', '<0xC3>', '<0xA9>']);
});

test('bytes that make no character decode to one U+FFFD each, among tokens for bytes', () => {
  const llama = storedTokenizer('llama');
  const [, ...bytes] = llama.encode('a𝔘', plain);
  assert.equal(bytes.length, 4);
  const a = llama.idOf('a') ?? -1;
  assert.equal(llama.decode([...bytes, a]), '𝔘a');
  assert.equal(llama.decode([...bytes.slice(0, 3), a]), '\uFFFD\uFFFD\uFFFDa');
  assert.equal(llama.decode([...bytes, bytes[0] ?? -1]), '\uFFFD'.repeat(5));
});

test('merges may be written as texts, and older files need not say the kind of their model', () => {
  for (const family of ['gpt2', 'clip', 'llama'] as const) {
    const { merges, type, ...rest } = storedModel(family, {});
    assert.ok(type === 'BPE' && Array.isArray(merges));
    const older = storedTokenizer(family, { model: { ...rest, merges: ['#version: 0.2', ...merges.map((pair: string[]) => pair.join(' '))] } });
    const stored = storedTokenizer(family);
    for (const text of storedTexts(family)) assert.deepEqual(older.encode(text), stored.encode(text));
  }
  const { type, ...untyped } = storedModel('wordpiece', {});
  assert.equal(type, 'WordPiece');
  assert.deepEqual(storedTokenizer('wordpiece', { model: untyped }).encode('river'), storedTokenizer('wordpiece').encode('river'));
});

test('Llama files with Metaspace give what those with a normaliser give', () => {
  const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false };
  const newer = storedTokenizer('llama', { normalizer: null, pre_tokenizer: metaspace });
  const stored = storedTokenizer('llama');
  let texts = 0;
  for (const text of storedTexts('llama').filter((text) => !text.startsWith(' '))) {
    assert.deepEqual(newer.encode(text), stored.encode(text));
    texts += 1;
  }
  assert.ok(texts > 150);
  const first = characters({ pre_tokenizer: { ...metaspace, prepend_scheme: 'first' }, added_tokens: [{ id: 12, content: '<s>', special: true }] });
  assert.deepEqual(tokens(first, 'a b<s>a'), ['▁', 'a', '▁', 'b', '<s>', 'a']);
  assert.deepEqual(tokens(first, '<s>a'), ['<s>', 'a']);
});

test('special tokens written out are those tokens, unless the text is to be taken as plain', () => {
  const gpt2 = storedTokenizer('gpt2');
  const end = gpt2.idOf('<|endoftext|>') ?? -1;
  const written = gpt2.encode('a<|endoftext|>b');
  assert.deepEqual(written, [...gpt2.encode('a'), end, ...gpt2.encode('b')]);
  assert.equal(gpt2.decode(written), 'ab');
  assert.equal(gpt2.decode(written, { specials: true }), 'a<|endoftext|>b');
  const asText = gpt2.encode('a<|endoftext|>b', { asPlainText: true });
  assert.ok(!asText.includes(end));
  assert.equal(gpt2.decode(asText), 'a<|endoftext|>b');
});

test('added tokens: the longest wins, white space goes with them, whole words only, before or after normalising', () => {
  const token = (id: number, content: string, flags: object = {}): object => ({ id, content, normalized: false, ...flags });
  const read = (added: readonly object[], changed: object = {}): Tokenizer => characters({ added_tokens: added, ...changed });
  assert.deepEqual(tokens(read([token(20, '<s'), token(21, '<s>')]), 'a<s>b<s'), ['a', '<s>', 'b', '<s']);
  assert.deepEqual(tokens(read([token(20, '<s>', { lstrip: true, rstrip: true })]), 'a  <s>  b'), ['a', '<s>', 'b']);
  assert.deepEqual(tokens(read([token(20, '<s>', { rstrip: true })]), 'a <s> b'), ['a', ' ', '<s>', 'b']);
  assert.deepEqual(tokens(read([token(20, 'st', { single_word: true })]), 'ast st'), ['a', 's', 't', ' ', 'st']);
  const lower = { normalizer: { type: 'Lowercase' } };
  assert.deepEqual(tokens(read([token(20, 'Cab')], lower), 'cab Cab'), ['c', 'a', 'b', ' ', 'Cab']);
  assert.deepEqual(tokens(read([token(20, 'Cab', { normalized: true })], lower), 'cab CAB'), ['Cab', ' ', 'Cab']);
});

test('tokens around a text come from a template, or from a class token and a separator', () => {
  const bert = storedTokenizer('wordpiece');
  const [start = -1, end = -1] = [bert.idOf('[CLS]'), bert.idOf('[SEP]')];
  const inner = bert.encode('river', plain);
  for (const type of ['BertProcessing', 'RobertaProcessing']) {
    const other = storedTokenizer('wordpiece', { post_processor: { type, cls: ['[CLS]', start], sep: ['[SEP]', end] } });
    assert.deepEqual(other.encode('river'), [start, ...inner, end]);
  }
  const both = { type: 'Sequence', processors: [{ type: 'ByteLevel' }, storedJson('wordpiece')['post_processor']] };
  assert.deepEqual(storedTokenizer('wordpiece', { post_processor: both }).encode('river'), [start, ...inner, end]);
  assert.deepEqual(storedTokenizer('wordpiece', { post_processor: null }).encode('river'), inner);
});

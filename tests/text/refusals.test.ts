import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTokenizerBin, readTokenizerJson, readVocabTxt, TextTooLong, TokenizerError } from '../../src/text/index.ts';
import { families, storedJson, storedModel, storedTokenizer } from './stored-tokenizer.ts';
import { binFile, byteNames } from './bin-file.ts';

/** The message of the TokenizerError that is thrown: one sentence, with a full stop and no line break. */
function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    assert.ok(error instanceof TokenizerError, String(error));
    assert.match(error.message, /^[^\n]+\.$/);
    return error.message;
  }
  assert.fail('nothing was refused');
}

test('a lone surrogate and bytes that are not UTF-8 are refused with their place', () => {
  const tokenizer = storedTokenizer('gpt2');
  assert.equal(refusal(() => tokenizer.encode('ab\uD83Dc')), 'The text has half a character, the lone surrogate U+D83D, at position 2.');
  assert.equal(refusal(() => tokenizer.encode('\uDE00')), 'The text has half a character, the lone surrogate U+DE00, at position 0.');
  const malformed: readonly (readonly [readonly number[], number])[] = [
    [[0x61, 0xff], 1],
    [[0xef, 0xbf, 0xbd, 0xc3], 3],
    [[0xe2, 0x82], 0],
    [[0x61, 0xed, 0xa0, 0x80], 1],
    [[0xc0, 0x80], 0],
    [[0xf0, 0x9f, 0x99, 0x82, 0x80], 4],
    [[0xf4, 0x90, 0x80, 0x80], 0],
  ];
  for (const [bytes, at] of malformed) {
    assert.match(refusal(() => tokenizer.encode(Uint8Array.from(bytes))), new RegExp(`^The text is not UTF-8: byte ${at} `));
  }
  assert.equal(tokenizer.decode(tokenizer.encode(Uint8Array.of(0xef, 0xbb, 0xbf, 0xef, 0xbf, 0xbd))), '\uFEFF\uFFFD');
});

test('an id that no token has is refused at decoding', () => {
  let refused = 0;
  for (const family of families) {
    const tokenizer = storedTokenizer(family);
    for (const id of [-1, tokenizer.size, 0.5, Number.NaN, 2 ** 40]) {
      assert.equal(refusal(() => tokenizer.decode([0, id])), `The token id ${id} lies outside the vocabulary, whose ids go from 0 to ${tokenizer.size - 1}.`);
      refused += 1;
    }
  }
  assert.ok(refused > 10);
  const gap = readTokenizerJson({ model: { type: 'BPE', vocab: { a: 0, b: 2 }, merges: [] } });
  assert.equal(refusal(() => gap.decode([1])), 'No token has the id 1; the vocabulary leaves it out.');
});

test('a text that is too long is refused with its length, and cut only when the caller says so', () => {
  const tokenizer = storedTokenizer('clip');
  const text = 'pixel river target';
  const ids = tokenizer.encode(text);
  assert.equal(ids.length, 5);
  assert.deepEqual(tokenizer.encode(text, { atMost: 5 }), ids);
  assert.throws(() => tokenizer.encode(text, { atMost: 4 }), (error) => error instanceof TextTooLong && error.tokens === 5 && error.atMost === 4);
  assert.equal(refusal(() => tokenizer.encode(text, { atMost: 4 })), 'The text has 5 tokens and at most 4 are allowed: shorten it, allow more, or ask for it to be cut.');
  assert.deepEqual(tokenizer.encode(text, { atMost: 4, whenLonger: 'cut' }), [...ids.slice(0, 3), ids[4]]);
  assert.deepEqual(tokenizer.encode(text, { atMost: 2, specials: false, whenLonger: 'cut' }), ids.slice(1, 3));
  assert.throws(() => tokenizer.encode(text, { atMost: 1, whenLonger: 'cut' }), TextTooLong);
});

test('a tokenizer.json of another kind or with a part missing is refused with the name of the part', () => {
  const gpt2 = storedJson('gpt2');
  const bert = storedJson('wordpiece');
  const model = (changed: object): object => ({ ...gpt2, model: storedModel('gpt2', { ...changed }) });
  const cases: readonly (readonly [unknown, string | RegExp])[] = [
    [null, 'tokenizer.json must be an object.'],
    [[], 'tokenizer.json must be an object.'],
    [{}, 'tokenizer.json: model is missing.'],
    [{ model: 'BPE' }, 'tokenizer.json: model must be an object.'],
    [{ model: {} }, 'tokenizer.json: model.type is missing.'],
    [{ model: { type: 'Unigram', vocab: [] } }, 'tokenizer.json: model.type is "Unigram", which can\'t be read here; known are BPE, WordPiece.'],
    [{ model: { type: 'BPE', merges: [] } }, 'tokenizer.json: model.vocab is missing.'],
    [{ model: { type: 'BPE', vocab: { a: 0 } } }, 'tokenizer.json: model.merges is missing.'],
    [{ model: { type: 'BPE', vocab: {}, merges: [] } }, 'tokenizer.json: model.vocab is empty.'],
    [{ model: { type: 'BPE', vocab: ['a'], merges: [] } }, 'tokenizer.json: model.vocab must be an object.'],
    [{ model: { type: 'BPE', vocab: { a: '0' }, merges: [] } }, 'tokenizer.json: model.vocab gives "a" no number as its id.'],
    [{ model: { type: 'BPE', vocab: { a: -1 }, merges: [] } }, 'tokenizer.json: model.vocab gives "a" the id -1; an id is a whole number from 0 on.'],
    [{ model: { type: 'BPE', vocab: { a: 1, b: 1 }, merges: [] } }, 'tokenizer.json: model.vocab gives "a" and "b" the same id, 1.'],
    [{ model: { type: 'BPE', vocab: { a: 0, b: 1 }, merges: ['a b'] } }, 'tokenizer.json: model.merges[0] merges "a" and "b", and model.vocab lacks "ab".'],
    [{ model: { type: 'BPE', vocab: { a: 0 }, merges: [['a']] } }, 'tokenizer.json: model.merges[0] must name two tokens.'],
    [{ model: { type: 'BPE', vocab: { a: 0 }, merges: [3] } }, 'tokenizer.json: model.merges[0] must be a text.'],
    [model({ dropout: 0.1 }), 'tokenizer.json: model.dropout asks for tokens by chance, and here a text always has the same.'],
    [model({ unk_token: '<unk>' }), 'tokenizer.json: model.unk_token is "<unk>", which model.vocab lacks.'],
    [{ ...bert, model: { type: 'WordPiece', vocab: { a: 0 } }, added_tokens: [] }, 'tokenizer.json: model.vocab has no "[UNK]", the token for unknown words.'],
    [{ ...gpt2, pre_tokenizer: { type: 'Digits' } }, 'tokenizer.json: pre_tokenizer.type is "Digits", which can\'t be read here; known are ByteLevel, Split, BertPreTokenizer, Metaspace, Sequence.'],
    [{ ...gpt2, pre_tokenizer: { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Removed' } }, /pattern\.Regex is "\(a\+\)\+\$", which can't be read here/],
    [{ ...gpt2, normalizer: { type: 'Sequence', normalizers: [{ type: 'Precompiled' }] } }, /^tokenizer\.json: normalizer\.normalizers\[0\]\.type is "Precompiled"/],
    [{ ...gpt2, decoder: { type: 'Metaspace', replacement: '' } }, 'tokenizer.json: decoder.replacement must be one character.'],
    [{ ...gpt2, decoder: { type: 'Replace', pattern: { String: '' } } }, 'tokenizer.json: decoder.pattern.String is empty.'],
    [{ ...gpt2, decoder: { type: 'WordPiece' } }, 'tokenizer.json: decoder.prefix is missing.'],
    [{ ...gpt2, post_processor: { type: 'BertProcessing', cls: ['a', 99_999], sep: ['b', 0] } }, 'tokenizer.json: post_processor puts the id 99999 around a text, and no token has it.'],
    [{ ...bert, post_processor: { type: 'TemplateProcessing', single: [], special_tokens: {} } }, 'tokenizer.json: post_processor.single has 0 places for the text; exactly one is needed.'],
    [{ ...gpt2, added_tokens: [{ id: 3 }] }, 'tokenizer.json: added_tokens[0].content is missing.'],
    [{ ...gpt2, added_tokens: [{ id: 3, content: '<s>' }] }, 'tokenizer.json: added_tokens[0] gives "<s>" the id 3, which "$" has.'],
    [{ ...gpt2, added_tokens: [{ id: 9, content: '!' }] }, 'tokenizer.json: added_tokens[0] gives "!" the id 9, and model.vocab gives it 0.'],
  ];
  for (const [json, message] of cases) {
    const found = refusal(() => readTokenizerJson(json));
    if (typeof message === 'string') assert.equal(found, message);
    else assert.match(found, message);
  }
});

test('a stored file with any one part left out or of another type is read or refused in a sentence', () => {
  let refused = 0;
  let read = 0;
  for (const family of families) {
    const json = storedJson(family);
    for (const path of pathsIn(json, 5)) {
      for (const value of [undefined, 'nonsense', 7, [], {}, true]) {
        try {
          readTokenizerJson(replaced(json, path, value)).encode('a pixel’s river, 12');
          read += 1;
        } catch (error) {
          assert.ok(error instanceof TokenizerError, `${family}, ${path.join('.')}: ${String(error)}`);
          refused += 1;
        }
      }
    }
  }
  assert.ok(refused > 300 && read > 100, `${refused} refused, ${read} read`);
});

type Path = readonly string[];

/** The paths to the parts of a file down to a depth; of vocabularies and merges only the first. */
function pathsIn(value: unknown, depth: number): Path[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, 12)
    .flatMap(([name, inner]) => [[name], ...pathsIn(inner, depth - 1).map((path) => [name, ...path])]);
}

function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.map((inner: unknown, index) => (String(index) === name ? replaced(inner, rest, by) : inner));
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, inner]) => [key, key === name ? replaced(inner, rest, by) : inner]));
}

test('a byte that the vocabulary lacks is named, and never dropped', () => {
  const tokenizer = readTokenizerJson({ model: { type: 'BPE', vocab: { a: 0 }, merges: [] }, pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false } });
  assert.deepEqual(tokenizer.encode('aa'), [0, 0]);
  assert.equal(refusal(() => tokenizer.encode('ab')), 'The vocabulary has no token for "b", and none for what is unknown.');
});

test('a vocab.txt without what BERT needs is refused', () => {
  assert.equal(refusal(() => readVocabTxt('[UNK]\n[SEP]\na', { cased: false })), "vocab.txt has no line [CLS], which BERT's tokenizer needs.");
  assert.equal(refusal(() => readVocabTxt('[UNK]\na\na\n', { cased: false })), 'vocab.txt has "a" twice, with ids 1 and 2.');
  assert.equal(refusal(() => readVocabTxt('', { cased: false })), 'vocab.txt is empty.');
  assert.equal(refusal(() => readVocabTxt(Uint8Array.of(0x61, 0xff), { cased: false })), 'vocab.txt is not UTF-8: byte 1 (0xFF) belongs to no character.');
});

test('a tokenizer.bin that ends early or holds something else is refused', () => {
  const pieces = ['<unk>', '\n<s>\n', '\n</s>\n', ...byteNames, ' ', 'a'];
  const whole = binFile(pieces.map((piece) => [piece, 0]));
  assert.equal(readTokenizerBin(whole).size, pieces.length);
  let refused = 0;
  // Without its last 9 bytes, the token "a", it is a file again.
  for (let length = 0; length < whole.length - 9; length++) {
    refusal(() => readTokenizerBin(whole.slice(0, length)));
    refused += 1;
  }
  assert.ok(refused > 1000);
  const other = (change: (pieces: string[]) => void): Uint8Array => {
    const changed = [...pieces];
    change(changed);
    return binFile(changed.map((piece) => [piece, 0]));
  };
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [new Uint8Array(3), 'tokenizer.bin ends at byte 3, inside the length of the longest token.'],
    [other((list) => list.splice(0, 1)), 'tokenizer.bin has "\\n<s>\\n" as token 0, where such a file has "<unk>".'],
    [other((list) => list.splice(4, 1)), 'tokenizer.bin has "<0x02>" as token 4, where such a file has "<0x01>".'],
    [other((list) => list.splice(259, 1)), 'tokenizer.bin has no token for a blank, which stands before every text.'],
    [other((list) => list.push('a')), 'tokenizer.bin has "a" twice, with ids 260 and 261.'],
    [other((list) => list.push('')), 'tokenizer.bin gives token 261 0 bytes at byte 3650; a token has 1 to 6.'],
    [Uint8Array.from({ length: 40 }, () => 0xff), 'tokenizer.bin gives token 0 the score NaN, at byte 4.'],
  ];
  for (const [bytes, message] of cases) assert.equal(refusal(() => readTokenizerBin(bytes)), message);
});

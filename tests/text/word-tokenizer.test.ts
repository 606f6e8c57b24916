import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { TextTooLong, TokenizerError, wordTokenizer } from '../../src/text/index.ts';

const words = ['<pad>', '<s>', ';', 'a', 'b', 'rev', '10', 'ü'];
const plain = words.slice(2);
const tokenizer = wordTokenizer({ words, start: '<s>', specials: ['<pad>'] });

test('words go to their places in the list and back, with the start in front', () => {
  assert.equal(tokenizer.size, 8);
  assert.deepEqual(tokenizer.encode('rev a ;'), [1, 5, 3, 2]);
  assert.deepEqual(tokenizer.encode('rev a ;', { specials: false }), [5, 3, 2]);
  assert.deepEqual(tokenizer.encode(new TextEncoder().encode('ü')), [1, 7]);
  assert.deepEqual(tokenizer.encode(''), [1]);
  assert.equal(tokenizer.decode([1, 5, 3, 2, 0]), 'rev a ;');
  assert.equal(tokenizer.decode([1, 5, 0], { specials: true }), '<s> rev <pad>');
  assert.equal(tokenizer.idOf('b'), 4);
  assert.equal(tokenizer.idOf('c'), undefined);
  assert.equal(tokenizer.tokenOf(6), '10');
  assert.deepEqual(wordTokenizer({ words: ['a'] }).encode('a a'), [0, 0]);
});

test('every text of known words comes back, and two texts side by side are the tokens of both', (t) => {
  const text = fc.array(fc.constantFrom(...plain), { maxLength: 30 }).map((some) => some.join(' '));
  let texts = 0;
  fc.assert(
    fc.property(text, text, (first, second) => {
      assert.equal(tokenizer.decode(tokenizer.encode(first)), first);
      const separately = [...tokenizer.encode(first), ...tokenizer.encode(` ${second}`, { specials: false })];
      assert.deepEqual(tokenizer.encode(`${first} ${second}`.trim()), separately);
      texts += 1;
    }),
  );
  t.diagnostic(`${texts} pairs of texts`);
  assert.ok(texts >= 100);
});

test('what the vocabulary lacks is refused in a sentence that names it', () => {
  const refuses = (act: () => unknown, message: string): void => assert.throws(act, (error) => error instanceof TokenizerError && error.message === message);
  refuses(() => tokenizer.encode('rev banana'), 'The word "banana" is none of the vocabulary\'s 8 words.');
  refuses(() => tokenizer.encode('rev  a'), 'The text has spaces side by side; its words are separated by one space each.');
  refuses(() => tokenizer.encode('<s> a', { asPlainText: true }), '"<s>" stands for no text, so it can\'t be written as text.');
  refuses(() => tokenizer.decode([8]), 'The token id 8 lies outside the vocabulary, whose ids go from 0 to 7.');
  refuses(() => tokenizer.decode([0.5]), 'The token id 0.5 lies outside the vocabulary, whose ids go from 0 to 7.');
  refuses(() => wordTokenizer({ words: ['a', 'b', 'a'] }), 'The word "a" stands in the vocabulary twice.');
  refuses(() => wordTokenizer({ words: ['a', 'b c'] }), '"b c" can\'t be a word of a vocabulary: it is empty or has a space.');
  refuses(() => wordTokenizer({ words: ['a'], start: '<s>' }), 'The word "<s>" is none of the vocabulary\'s 1 words.');
  assert.throws(() => tokenizer.encode('a \uD800'), /half a character/);
});

test('a longer text is refused or cut at its end, as asked', () => {
  assert.throws(() => tokenizer.encode('a b a', { atMost: 3 }), (error) => error instanceof TextTooLong && error.tokens === 4);
  assert.deepEqual(tokenizer.encode('a b a', { atMost: 3, whenLonger: 'cut' }), [1, 3, 4]);
  assert.deepEqual(tokenizer.encode('a b a', { atMost: 3, specials: false }), [3, 4, 3]);
  assert.throws(() => tokenizer.encode('a', { atMost: 0, whenLonger: 'cut' }), TextTooLong);
});

test('an end stands behind every text, also behind one that is cut', () => {
  const ended = wordTokenizer({ words: [...words, '<e>'], start: '<s>', end: '<e>' });
  assert.deepEqual(ended.encode('a b'), [1, 3, 4, 8]);
  assert.deepEqual(ended.encode('a b', { specials: false }), [3, 4]);
  assert.deepEqual(ended.encode('a b', { atMost: 4 }), [1, 3, 4, 8]);
  assert.deepEqual(ended.encode('a b', { atMost: 3, whenLonger: 'cut' }), [1, 3, 8]);
  assert.throws(() => ended.encode('a b', { atMost: 3 }), (error) => error instanceof TextTooLong && error.tokens === 4);
  assert.throws(() => ended.encode('', { atMost: 1, whenLonger: 'cut' }), TextTooLong);
  assert.equal(ended.decode([1, 3, 8]), 'a');
  assert.throws(() => ended.encode('a <e>', { asPlainText: true }), /"<e>" stands for no text/);
  assert.deepEqual(wordTokenizer({ words: ['a', '<e>'], end: '<e>' }).encode('a'), [0, 1]);
  assert.throws(() => wordTokenizer({ words: ['a'], end: '<e>' }), TokenizerError);
});

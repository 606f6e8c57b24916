import assert from 'node:assert/strict';
import { test } from 'node:test';
import { families, storedModel, storedTokenizer } from './stored-tokenizer.ts';

/** A letter that depends on its place, without a period a cache could use. */
const scattered = (count: number, from: string): string =>
  Array.from({ length: count }, (_, at) => from[(at * at * 7 + at) % from.length]).join('');

const long = 100_000;
const texts: readonly (readonly [what: string, text: string])[] = [
  ['one letter', 'a'.repeat(long)],
  ['one word', scattered(long, 'theandreinsourc')],
  ['blanks', ' '.repeat(long)],
  ['blanks before a word', `${' '.repeat(long)}word`],
  ['line breaks', '\n'.repeat(long)],
  ['digits', '1234567890'.repeat(long / 10)],
  ['dots', '.'.repeat(long)],
  ['accents on one letter', `a${'\u0301'.repeat(long)}`],
  ['emoji', '👩‍🚀'.repeat(long / 5)],
  ['Chinese', '中文字'.repeat(long / 3)],
  ['right to left', 'שלום'.repeat(long / 4)],
];

test('100,000 characters in a row come to an end, in every tokenizer', () => {
  let tokens = 0;
  for (const family of families) {
    const tokenizer = storedTokenizer(family);
    for (const [what, text] of texts) {
      const ids = tokenizer.encode(text, { specials: false });
      assert.ok(ids.length <= 4 * text.length + 1, `${family}, ${what}`);
      if (family === 'gpt2' || family === 'llama') assert.equal(tokenizer.decode(ids), text, `${family}, ${what}`);
      tokens += ids.length;
    }
  }
  assert.ok(tokens > 100_000);
});

test('a word of 100,000 letters comes to an end where WordPiece may look at it', () => {
  const json = { model: storedModel('wordpiece', { max_input_chars_per_word: 1e9 }) };
  const ids = storedTokenizer('wordpiece', json).encode(`s${'e'.repeat(long)}`, { specials: false });
  assert.ok(ids.length > 1000 || ids.length === 1);
});

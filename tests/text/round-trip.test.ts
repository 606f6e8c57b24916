import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { families, storedTexts, storedTokenizer } from './stored-tokenizer.ts';

/** Any text of whole characters, planes above the first and unassigned code points among them. */
const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const mixed = fc.oneof(anyText, fc.string({ unit: 'grapheme', maxLength: 60 }), fc.array(fc.constantFrom(' ', '\n', "'s", 'the', '日', '\u0301', '🙂', '\uFEFF', '1'), { maxLength: 40 }).map((parts) => parts.join('')));

test('decoding what byte-level BPE encoded gives the text back, whatever its characters', () => {
  const tokenizer = storedTokenizer('gpt2');
  fc.assert(
    fc.property(mixed, (text) => {
      assert.equal(tokenizer.decode(tokenizer.encode(text), { specials: true }), text);
    }),
    { numRuns: 400 },
  );
});

test('a SentencePiece tokenizer with tokens for bytes gives every text back in which no ▁ stands', () => {
  const tokenizer = storedTokenizer('llama');
  fc.assert(
    fc.property(mixed, (text) => {
      fc.pre(!text.includes('▁'));
      assert.equal(tokenizer.decode(tokenizer.encode(text, { asPlainText: true })), text);
    }),
    { numRuns: 400 },
  );
});

test('every id lies within the vocabulary, names a token and is found again by it', () => {
  let ids = 0;
  for (const family of families) {
    const tokenizer = storedTokenizer(family);
    fc.assert(
      fc.property(mixed, (text) => {
        for (const id of tokenizer.encode(text)) {
          assert.ok(Number.isInteger(id) && id >= 0 && id < tokenizer.size);
          assert.equal(tokenizer.idOf(tokenizer.tokenOf(id) ?? ''), id);
          ids += 1;
        }
      }),
      { numRuns: 100 },
    );
  }
  assert.ok(ids > 1000);
});

test('a text has the same ids the second time, when its words are remembered, and as UTF-8 bytes', () => {
  let texts = 0;
  for (const family of families) {
    const tokenizer = storedTokenizer(family);
    for (const text of storedTexts(family)) {
      const first = tokenizer.encode(text);
      assert.deepEqual(tokenizer.encode(text), first);
      assert.deepEqual(tokenizer.encode(new TextEncoder().encode(text)), first);
      texts += 1;
    }
  }
  assert.ok(texts > 700);
});

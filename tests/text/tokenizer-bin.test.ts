import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTokenizerBin } from '../../src/text/index.ts';
import { binFile, byteNames } from './bin-file.ts';

const special = ['<unk>', '\n<s>\n', '\n</s>\n'];

/** The loop of llama2.c's `encode`: merge the first pair with the best score, again and again. */
function encodedPlainly(pieces: readonly string[], scores: readonly number[], text: string): readonly number[] {
  const idOf = new Map(pieces.map((piece, id) => [piece, id]));
  let ids: number[] = text === '' ? [] : [idOf.get(' ') ?? -1];
  for (const character of text) {
    const id = idOf.get(character);
    if (id !== undefined) ids.push(id);
    else for (const byte of new TextEncoder().encode(character)) ids.push(byte + 3);
  }
  for (;;) {
    let best = { score: -1e10, id: -1, at: -1 };
    for (let at = 0; at + 1 < ids.length; at++) {
      const id = idOf.get(`${pieces[ids[at] ?? 0]}${pieces[ids[at + 1] ?? 0]}`);
      const score = scores[id ?? -1];
      if (id !== undefined && score !== undefined && score > best.score) best = { score, id, at };
    }
    if (best.at < 0) return ids;
    ids = [...ids.slice(0, best.at), best.id, ...ids.slice(best.at + 2)];
  }
}

const letters = [' ', 'é', '日'];

test('a tokenizer.bin encodes as the loop of llama2.c, for random vocabularies with equal scores among them', () => {
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 4 });
  const scored = fc.array(fc.tuple(word, fc.integer({ min: -6, max: 0 })), { minLength: 10, maxLength: 40 });
  const text = fc.string({ unit: fc.constantFrom(...letters, '🙂'), minLength: 20, maxLength: 60 });
  let merged = 0;
  fc.assert(
    fc.property(scored, fc.array(text, { minLength: 1, maxLength: 4 }), (drawn, texts) => {
      const words = new Map(drawn);
      const entries: readonly (readonly [string, number])[] = [
        ...[...special, ...byteNames].map((piece): [string, number] => [piece, 0]),
        ...letters.map((letter): [string, number] => [letter, -9]),
        ...words,
      ];
      const tokenizer = readTokenizerBin(binFile(entries));
      for (const given of texts) {
        const ids = encodedPlainly(entries.map(([piece]) => piece), entries.map(([, score]) => score), given);
        assert.deepEqual(tokenizer.encode(given), [1, ...ids]);
        assert.equal(tokenizer.decode([1, ...ids]), given);
        merged += ids.filter((id) => id >= special.length + 256 + letters.length).length;
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(merged > 100);
});

test('no text spells a special token or one of a byte unless it names it as special', () => {
  const pieces = [...special, ...byteNames, ' ', '<', 's', '>', 's>', '<0', 'x41>', '0', 'x', '4', '1', 'x4', '1>', 'x41'];
  const tokenizer = readTokenizerBin(binFile(pieces.map((piece) => [piece, 0])));
  const ids = tokenizer.encode('<s><0x41>', { specials: false, asPlainText: true });
  assert.ok(ids.length > 0 && ids.every((id) => id >= 259));
  assert.equal(tokenizer.decode(ids), '<s><0x41>');
  assert.deepEqual(tokenizer.encode('<s>'), [1, 1]);
  assert.equal(tokenizer.decode([1, 1], { specials: true }), '<s><s>');
});

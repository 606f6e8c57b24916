import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lexiconOf } from '../../src/knowledge/lexicon.ts';
import { nearest } from '../../src/knowledge/nearest.ts';

test('a lexicon gives the nearest word that a search of all words gives', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcAB-1é'), maxLength: 9 });
  let near = 0;
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.array(word, { minLength: 1, maxLength: 4 }), (words, wanted) => {
      const set = [...new Set(words)];
      const lexicon = lexiconOf(words);
      for (const found of [...wanted, ...wanted]) {
        assert.equal(lexicon.nearest(found), nearest(found, set));
        assert.equal(lexicon.has(found), set.includes(found));
        if (lexicon.nearest(found) !== undefined) near += 1;
      }
    }),
    { numRuns: 500 },
  );
  assert.ok(near >= 100, `${near} near words`);
});

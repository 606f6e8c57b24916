import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { enteringInWords, isVisible, sheetsOf } from '../../src/site/data/shows.ts';
import type { ShownEntry, ShownRun } from '../../src/site/data/shows.ts';

const entry = (tower: ShownEntry['tower'], location: ShownEntry['location'], what: ShownEntry['what'], more: Partial<ShownEntry> = {}): ShownEntry => ({
  tower,
  location,
  what,
  isLearned: true,
  ...more,
});

test('what enters is said in words, alike things in several blocks once', () => {
  const deep = [0, 1, 2, 3].map((block) => entry('image', 'hidden', 'keys and values', { block, count: 8 }));
  assert.deepEqual(enteringInWords(deep), ['8 learned states read as keys and values in blocks 1 to 4 of the image tower']);
  const coupled = [
    entry('text', 'embedding', 'vectors', { count: 2 }),
    entry('image', 'embedding', 'tokens', { count: 1 }),
    entry('image', 'hidden', 'tokens in place', { count: 2, block: 1 }),
    entry('image', 'hidden', 'tokens in place', { count: 2, block: 3 }),
  ];
  assert.deepEqual(enteringInWords(coupled), [
    '2 learned vectors among the words of each text',
    '1 learned token beside the patches, before the first block',
    '2 learned tokens in their place before blocks 2 and 4 of the image tower',
  ]);
  const fixed = { isLearned: false };
  assert.deepEqual(enteringInWords([entry('image', 'input', 'change', fixed), entry('text', 'input', 'texts', fixed), entry('text', 'input', 'texts', fixed)]), [
    'something drawn on the picture',
    'texts of the classes, written by hand',
  ]);
});

test('every entry is said, whatever it is, and blocks are counted from 1', () => {
  const anything = fc.record({
    tower: fc.constantFrom('image' as const, 'text' as const),
    location: fc.constant('hidden' as const),
    what: fc.constantFrom('tokens in place' as const, 'keys and values' as const, 'queries' as const),
    block: fc.integer({ min: 0, max: 11 }),
    count: fc.integer({ min: 1, max: 9 }),
    isLearned: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anything, { minLength: 1, maxLength: 12 }), (entries) => {
      const said = enteringInWords(entries);
      assert.ok(said.length >= 1 && said.length <= entries.length);
      assert.equal(new Set(said).size, said.length);
      assert.ok(said.every((words) => !/undefined|NaN|block 0|blocks 0/.test(words)), said.join());
      const last = Math.max(...entries.map(({ block }) => block)) + 1;
      assert.ok(said.some((words) => new RegExp(`\\b${last}\\b`).test(words)), said.join());
    }),
  );
});

test('the sheets of some shows are that of the pictures and one for each run that changes them', () => {
  const bare: ShownRun = { row: 'r', record: 'a', trainedDigest: null, entering: [entry('image', 'input', 'change')] };
  const seen: ShownRun = { ...bare, pictures: { file: 'b.png', mean: 0, largest: 1, beyond: 0 } };
  const pictures = { file: 'pictures.png', classes: ['one'], rows: 2, columns: 2 };
  const shows = { schema: 'shows/1' as const, table: 't', column: 'c', seed: 1, className: 'one', pictures, wordsApart: null, runs: [bare, seen] };
  assert.deepEqual(sheetsOf(shows), ['pictures.png', 'b.png']);
  assert.deepEqual([bare, seen, { ...bare, texts: [['a circle']] }].map(isVisible), [false, true, true]);
});

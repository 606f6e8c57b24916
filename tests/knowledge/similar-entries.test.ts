import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { methodSchema, similarEntries, splitFrontMatter, statedClass } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { contentFolder } from './content-folder.ts';

const entries = readContentFolder(contentFolder)
  .filter(({ path }) => path.startsWith('methods/'))
  .map(({ text }) => methodSchema.parse(splitFrontMatter(text)?.document.toJS()));

test('an entry described by its own words is nearest to itself', () => {
  for (const entry of entries) {
    const words = [entry.name, entry.title, entry.summary, ...(entry.aliases ?? [])].join(' ');
    const [first] = similarEntries({ class: statedClass(entry), modalities: entry.modalities, words }, entries);
    assert.equal(first?.entry.id, entry.id);
    assert.deepEqual(first?.differs, []);
    assert.ok((first?.likeness ?? 0) > 0.999, `${first?.likeness}`);
  }
  assert.ok(entries.length >= 10, `${entries.length} entries`);
});

test('likeness lies between 0 and 1 and falls along the list', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...entries), (words, other) => {
      const found = similarEntries({ class: statedClass(other), words }, entries, entries.length);
      assert.equal(found.length, entries.length);
      for (const [i, { likeness }] of found.entries()) {
        assert.ok(likeness >= 0 && likeness <= 1 + 1e-12);
        assert.ok(likeness <= (found[i - 1]?.likeness ?? 1) + 1e-12);
      }
    }),
    { numRuns: 30 },
  );
});

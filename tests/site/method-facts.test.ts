import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { methodSchema, readBibliography, splitFrontMatter } from '../../src/knowledge/index.ts';
import type { MethodEntry } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { countFor, countLines } from '../../src/site/components/method/counts-here.ts';
import { entryBibtex } from '../../src/site/components/method/entry-bibtex.ts';
import { differencesFromList } from '../../src/site/components/method/listed-row.ts';
import { ringOf } from '../../src/site/components/method/ring.ts';
import { sourceLines, sourceLink } from '../../src/site/components/method/source-link.ts';
import { methodCards, modelCards, taskCards } from '../../src/site/data/cards.ts';
import { alignments, cells, cellsOf, configurations, dimensions, locations, operators } from '../../src/taxonomy/index.ts';
import type { Cell, Dimension } from '../../src/taxonomy/index.ts';
import { content } from './built-site.ts';

const entries: readonly MethodEntry[] = readContentFolder(content)
  .filter(({ path }) => path.startsWith('methods/'))
  .map(({ text }) => methodSchema.parse(splitFrontMatter(text)?.document.toJS()));
const names = Object.keys(dimensions) as Dimension[];

test('one step from a class lie exactly the cells outside it that differ from one of its own in one dimension', () => {
  const sets = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values], { minLength: 1 });
  const classes = fc.record({ configuration: sets(configurations), location: sets(locations), operator: sets(operators), alignment: sets(alignments) });
  const key = (cell: Cell): string => names.map((name) => cell[name]).join();
  fc.assert(
    fc.property(classes, (of) => {
      const own = new Set(cellsOf(of).map(key));
      const near = cells.filter((cell) => !own.has(key(cell)) && cellsOf(of).some((each) => names.filter((name) => each[name] !== cell[name]).length === 1));
      const ring = ringOf(of).flatMap(({ dimension, steps }) =>
        steps.flatMap(({ value, cells: found }) => found.map((cell) => {
          assert.equal(cell[dimension], value);
          return key(cell);
        })),
      );
      assert.deepEqual(ring.toSorted(), near.map(key).toSorted());
    }),
  );
});

test('the row of the companion list is told only where it says something else', () => {
  const listed = entries.filter(({ classification }) => classification?.listed);
  const [first] = listed;
  assert.ok(first?.classification && listed.length >= 30, `${listed.length} rows`);
  const same = { ...first, family: 'PT' as const, location: ['embedding' as const, 'hidden' as const], operator: ['additive' as const, 'concatenative' as const], alignment: ['structural' as const] };
  const row = { mechanism: 'prompt-tuning', location: 'embedding / intermediate-layers', operator: 'addition / concatenation', alignment: 'rule-based' };
  assert.deepEqual(differencesFromList({ ...same, classification: { ...first.classification, listed: row } }), []);
  const other = { ...row, location: 'input-layer', operator: 'statistical / linear' };
  assert.deepEqual(differencesFromList({ ...same, classification: { ...first.classification, listed: other } }), [
    { field: 'location', words: 'input-layer' },
    { field: 'operator', words: 'statistical / linear' },
  ]);
  assert.deepEqual(differencesFromList({ ...same, classification: undefined }), []);
  const differing = listed.filter((entry) => differencesFromList(entry).length > 0);
  assert.ok(differing.length > 0 && differing.length < listed.length / 2, `${differing.length} of ${listed.length} rows differ: are their words understood?`);
});

test('a source leads to its file or address, and sources of one repository stand together', () => {
  assert.deepEqual(sourceLink('a-b/c.d:docs/e f.md'), { address: 'https://github.com/a-b/c.d/blob/HEAD/docs/e%20f.md', text: 'a-b/c.d:docs/e f.md' });
  assert.deepEqual(sourceLink('https://www.example.org/x?y'), { address: 'https://www.example.org/x?y', text: 'example.org' });
  const sources = entries.flatMap((entry) => entry.sources ?? []);
  assert.ok(sources.length >= 100, `${sources.length} sources`);
  for (const source of sources) assert.equal(new URL(sourceLink(source).address).protocol, 'https:', source);
  for (const { sources: own = [] } of entries) {
    const lines = sourceLines(own);
    assert.equal(lines.reduce((sum, { links }) => sum + links.length, 0), new Set(own).size);
    const repositories = lines.flatMap(({ repository }) => repository ?? []);
    assert.equal(new Set(repositories).size, repositories.length);
  }
});

test('how to cite an entry is BibTeX that a parser reads back', () => {
  for (const entry of entries) {
    const { works, mistakes } = readBibliography(entryBibtex(entry, { version: '1.2.3', address: `https://atlas.example/methods/${entry.id}/` }));
    assert.deepEqual(mistakes.map(({ found, allowed }) => `${found}: ${allowed}`), [], entry.id);
    const work = works.get(`atlas-${entry.id}`);
    assert.ok(work, entry.id);
    assert.ok(work.title.endsWith('in the Reprogrammability Atlas'), work.title);
    assert.equal(work.year, Number(entry.reviewed.slice(0, 4)));
    assert.equal(work.address, `https://atlas.example/methods/${entry.id}/`);
  }
  const [first] = entries;
  assert.ok(first && entries.length >= 10, `${entries.length} entries`);
  assert.doesNotMatch(entryBibtex({ ...first, name: 'A&B_{x}' }, { version: '1' }), /url|A&B/);
});

test('a formula gives what the engine counts, wherever its letters can be read', () => {
  let examined = 0;
  for (const { id, counts } of methodCards) {
    const entry = entries.find((each) => each.id === id);
    for (const { modelId, taskId, options, trainable } of counts) {
      const model = modelCards.find((card) => card.id === modelId);
      const classes = taskCards.find((card) => card.id === taskId)?.['classes'];
      assert.ok(entry && model, `${id} on ${modelId}`);
      const value = countFor(entry, { model, classes: Array.isArray(classes) ? classes.length : undefined, options });
      if (value === undefined) continue;
      assert.equal(value, trainable, `${id} on ${modelId}, ${taskId}, ${JSON.stringify(options)}`);
      examined += 1;
    }
  }
  assert.ok(examined >= 30, `${examined} counts`);
});

test('a letter whose meaning is not known is not guessed', () => {
  const [first] = entries;
  assert.ok(first);
  const model = { id: 'm', input: '28 × 28 × 1', featureWidth: 512 };
  const setting = { model, classes: 10, options: {} };
  const known = { ...first, trainable: { formula: 'd * k + k', where: { d: 'width of the features', k: 'classes of the target task' } } };
  assert.equal(countFor(known, setting), 5130);
  assert.equal(countFor({ ...known, trainable: { ...known.trainable, where: { d: 'width of the word embeddings', k: 'classes of the target task' } } }, setting), undefined);
  assert.equal(countFor(known, { ...setting, classes: undefined }), undefined);
  assert.equal(countFor({ ...known, trainable: { unknown: 'nobody says' } }, setting), undefined);
});

test('counts that are the same for all tasks stand in one line', () => {
  const count = (taskId: string, trainable: number, program: string) => ({ modelId: 'm', taskId, options: { program }, trainable });
  const lines = countLines([count('a', 3, 'none'), count('b', 3, 'none'), count('a', 5, 'all'), count('b', 6, 'all'), count('c', 6, 'all')]);
  assert.deepEqual(lines, [
    { modelId: 'm', setting: 'program none', taskIds: undefined, trainable: 3 },
    { modelId: 'm', setting: 'program all', taskIds: ['a'], trainable: 5 },
    { modelId: 'm', setting: 'program all', taskIds: ['b', 'c'], trainable: 6 },
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ComparedEntry } from '../../src/site/islands/compare/compared-entry.ts';
import { namesLike } from '../../src/site/islands/compare/names-like.ts';
import { mostPicks, parsePicks, printPicks } from '../../src/site/islands/compare/pick-state.ts';
import { commonTables, differingDimensions } from '../../src/site/islands/compare/side-by-side.ts';
import { formulaTree, mathMarkup } from '../../src/site/components/formula-tree.ts';
import type { TaxonomyClass } from '../../src/taxonomy/index.ts';

const ids = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,5}){0,2}$/);
const picks = fc.uniqueArray(ids, { maxLength: mostPicks });

test('what is picked survives the address, in its order and without complaint', () => {
  fc.assert(fc.property(picks, (chosen) => assert.deepEqual(parsePicks(printPicks(chosen)), { picks: chosen, problems: [] })), { numRuns: 500 });
});

test('any address can be read; what is read has one form, which says the same again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webQueryParameters(), picks.map((chosen) => `?pick=${chosen.join('%2C')}&pick=${chosen.join(',')},,`)), (query) => {
      const { picks: read } = parsePicks(query);
      assert.ok(read.length <= mostPicks && new Set(read).size === read.length);
      assert.deepEqual(parsePicks(printPicks(read)), { picks: read, problems: [] });
    }),
    { numRuns: 500 },
  );
});

test('nothing of an address is passed over in silence', () => {
  const { picks: read, problems } = parsePicks('?pick=a,B,c,d,e&pick=f,a&facet=x&facet=y');
  assert.deepEqual(read, ['a', 'c', 'd', 'e']);
  assert.equal(problems.length, 3);
  assert.match(problems[0] ?? '', /“facet”/);
  assert.match(problems[1] ?? '', /“B”/);
  assert.match(problems[2] ?? '', /left out: f\./);
  assert.deepEqual(parsePicks(''), { picks: [], problems: [] });
});

const classOf = (location: TaxonomyClass['location'], alignment: TaxonomyClass['alignment']): TaxonomyClass => ({ configuration: ['learnable'], location, operator: ['additive'], alignment });

test('slots differ where sets of values do, whatever their order; a rival without a class has no say', () => {
  const a = { class: classOf(['input', 'hidden'], ['linear']) };
  const b = { class: classOf(['hidden', 'input'], ['identity']) };
  assert.deepEqual(differingDimensions([a, b]), ['alignment']);
  assert.deepEqual(differingDimensions([a, { class: null }]), []);
  assert.deepEqual(differingDimensions([a, a]), []);
  const marked = mathMarkup(formulaTree({ of: a.class, label: 'x', marked: ['alignment'] }));
  assert.equal(marked.match(/differs/g)?.length, 1);
  assert.match(marked, /<mtext class="dim-alignment differs">linear<\/mtext>/);
  assert.match(mathMarkup(formulaTree({ label: '"<&' })), /aria-label="&quot;&lt;&amp;"/);
});

const measured = (id: string, table: string, columns: readonly string[]): ComparedEntry => ({
  id, name: id, address: `/methods/${id}/`, class: null, sigil: [], rationale: {}, facts: {},
  tables: [{
    id: table, title: table, address: `/results/${table}/`, metric: 'Accuracy in %',
    columns: ['one', 'two', 'three'].map((key) => ({ key, label: key })),
    rows: [{ label: id, cells: columns.map((column) => ({ column, text: `${id} ${column}`, address: '/' })) }],
  }],
});

test('common tables hold the columns in which two entries have numbers, and every such number', () => {
  const [a, b, c] = [measured('a', 't', ['one', 'two']), measured('b', 't', ['two', 'three']), measured('c', 'other', ['one'])];
  const [table, ...none] = commonTables([a, b, c]);
  assert.deepEqual(none, []);
  assert.deepEqual(table?.columns.map(({ key }) => key), ['two']);
  assert.deepEqual(table?.rows.map(({ label, cells }) => [label, cells.map((cell) => cell?.text)]), [['a', ['a two']], ['b', ['b two']]]);
  assert.deepEqual(commonTables([a, c]), []);
  assert.deepEqual(commonTables([a]), []);
  assert.deepEqual(commonTables([a, measured('d', 't', ['three'])]), []);
});

const names = [
  { id: 'vpt-shallow', name: 'VPT-shallow', aliases: ['visual prompt tuning', 'soft prompt tokens'] },
  { id: 'vp', name: 'VP', aliases: ['visual prompting'] },
  { id: 'evp', name: 'EVP', aliases: [] },
  { id: 'p-tuning', name: 'P-tuning', aliases: ['Prompt Éncoder'] },
];

test('a typed name finds its entry before longer ones, by word and by alias, and never one that is picked already', () => {
  const found = (typed: string, taken: readonly string[] = []): readonly string[] => namesLike(typed, names, taken).map(({ id }) => id);
  assert.deepEqual(found('vp'), ['vp', 'vpt-shallow', 'evp']);
  assert.deepEqual(found('VP', ['vp']), ['vpt-shallow', 'evp']);
  assert.deepEqual(found('shallow'), ['vpt-shallow']);
  assert.deepEqual(found('prompt e'), ['p-tuning']);
  assert.deepEqual(found('  '), []);
  assert.deepEqual(found('nothing like it'), []);
});

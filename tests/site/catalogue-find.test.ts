import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Columns, FacetColumn } from '../../src/site/islands/catalogue/columns.ts';
import { find } from '../../src/site/islands/catalogue/find.ts';
import { looser } from '../../src/site/islands/catalogue/nothing-found.ts';
import { guideOf, order } from '../../src/site/islands/catalogue/order.ts';
import { askedOf } from '../../src/site/islands/catalogue/slip.ts';
import { sortKeys } from '../../src/site/islands/catalogue/state.ts';
import type { CatalogueState, Choice } from '../../src/site/islands/catalogue/state.ts';
import { examined } from './examined.ts';
import { anyColumns, anyState, someFacets } from './made-up-columns.ts';

type Chosen = CatalogueState['chosen'];

/** An entry's values of a facet as words, read without the code under test. */
function wordsOf({ set, rows, values }: FacetColumn, row: number): readonly string[] {
  const own = rows[row] ?? 0;
  return values.filter((_, i) => (set ? Math.floor(own / 2 ** i) % 2 === 1 : own === i));
}

function fits(own: readonly string[], { values, mode }: Choice): boolean {
  if (mode === 'all') return values.every((value) => own.includes(value));
  const shared = values.filter((value) => own.includes(value)).length;
  return mode === 'any' ? shared > 0 : shared === 0;
}

/** The catalogue filtered in the plainest way. */
function plainly({ ids, facets }: Columns, chosen: Chosen, hasWords: (row: number) => boolean = () => true): readonly number[] {
  return [...ids.keys()].filter(
    (row) => hasWords(row) && facets.every((facet) => !chosen[facet.id] || fits(wordsOf(facet, row), chosen[facet.id] ?? { values: [], mode: 'none' })),
  );
}

const without = (chosen: Chosen, id: string): Chosen => Object.fromEntries(Object.entries(chosen).filter(([each]) => each !== id));

test('what is found is what a plain filter finds, and every count is what choosing the value would give', (context) => {
  let counts = 0;
  fc.assert(
    fc.property(anyColumns, anyState, fc.integer({ min: 1, max: 4 }), (columns, state, every) => {
      const hasWords = (row: number): boolean => row % every === 0;
      const found = find(columns, state, hasWords);
      assert.deepEqual(found.rows, plainly(columns, state.chosen, hasWords));
      assert.equal(found.withoutWords, plainly(columns, state.chosen).length);
      columns.facets.forEach((facet, at) => {
        const others = without(state.chosen, facet.id);
        assert.equal(found.without[at], plainly(columns, others, hasWords).length, facet.id);
        facet.values.forEach((value, i) => {
          const now = state.chosen[facet.id];
          const next: Choice = now?.mode === 'all' ? { values: [...now.values, value], mode: 'all' } : { values: [value], mode: 'any' };
          assert.equal(found.counts[at]?.[i], plainly(columns, { ...others, [facet.id]: next }, hasWords).length, `${facet.id} ${value}`);
          counts += 1;
        });
      });
    }),
    { numRuns: 200 },
  );
  examined(context, counts, 2000, 'counts');
});

test('sorting keeps all entries, puts them in order, and leaves equal ones as they were; guides never come twice', (context) => {
  let sorted = 0;
  fc.assert(
    fc.property(anyColumns, fc.constantFrom(...sortKeys), fc.boolean(), (columns, key, descending) => {
      const all = [...columns.ids.keys()];
      const rows = order(columns, all, { key, descending });
      assert.deepEqual(rows.toSorted((a, b) => a - b), all);
      const back = order(columns, all, { key, descending: !descending });
      const keyOf = (row: number): string => {
        if (key === 'name') return columns.names[row] ?? '';
        if (key === 'venue') return columns.venues.values[columns.venues.rows[row] ?? 0] ?? '';
        const facets = key === 'class' ? ['configuration', 'location', 'operator', 'alignment'] : [key];
        return columns.facets.filter(({ id }) => facets.includes(id)).map(({ rows: own }) => own[row]).join();
      };
      const runs = (list: readonly number[]): readonly string[] => list.map(keyOf).filter((text, i, keys) => text !== keys[i - 1]);
      assert.equal(new Set(runs(rows)).size, runs(rows).length, 'equal entries stand together');
      assert.deepEqual(runs(back), runs(rows).toReversed());
      for (const [i, row] of rows.entries()) {
        const next = rows[i + 1];
        if (next !== undefined && keyOf(next) === keyOf(row)) assert.ok(row < next, 'equal entries keep their order');
      }
      const guide = guideOf(columns, { key, descending });
      if (guide) {
        const texts = rows.map(guide).filter((text, i, list) => text !== list[i - 1]);
        assert.equal(new Set(texts).size, texts.length, texts.join());
      }
      sorted += 1;
    }),
    { numRuns: 200 },
  );
  examined(context, sorted, 200, 'sorted lists');
});

test('names are sorted as people read them, years as numbers', () => {
  const columns: Columns = {
    schema: 'atlas-facets/1',
    of: '',
    ids: ['a', 'b', 'c'],
    names: ['vpt', 'Éclair', 'Zebra'],
    venues: { values: ['ICLR'], rows: [0, 0, 0] },
    facets: [{ id: 'year', values: ['2019', '2021', '2022'], labels: ['2019', '2021', '2022'], modes: ['any', 'none'], set: false, rows: [2, 0, 1] }],
  };
  assert.deepEqual(order(columns, [0, 1, 2], { key: 'name', descending: false }), [1, 0, 2]);
  assert.deepEqual(order(columns, [0, 1, 2], { key: 'year', descending: true }), [0, 2, 1]);
});

test('where nothing is found, every part whose loosening gives something is offered with what it gives', (context) => {
  let offered = 0;
  fc.assert(
    fc.property(anyColumns, anyState, (columns, state) => {
      const found = find(columns, state, state.words === '' ? undefined : () => false);
      const asked = askedOf(state, (facet, value) => value ?? facet);
      const ways = looser(asked, found, someFacets.map(({ id }) => id));
      for (const { facet, gives } of ways) {
        const chosen = facet === null ? state.chosen : without(state.chosen, facet);
        const isWorded = facet !== null && state.words !== '';
        assert.equal(gives, plainly(columns, chosen, () => !isWorded).length);
        offered += 1;
      }
      assert.deepEqual(ways.map(({ gives }) => gives), ways.map(({ gives }) => gives).toSorted((a, b) => b - a));
    }),
    { numRuns: 300 },
  );
  examined(context, offered, 100, 'ways out');
});

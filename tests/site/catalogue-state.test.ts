import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from '../../src/site/islands/catalogue/read-address.ts';
import { plainState, print } from '../../src/site/islands/catalogue/state.ts';
import type { CatalogueState } from '../../src/site/islands/catalogue/state.ts';
import { examined } from './examined.ts';
import { anyState, someFacets as facets } from './made-up-columns.ts';

test('200 random states come back from their addresses, and each has one address', (context) => {
  let count = 0;
  fc.assert(
    fc.property(anyState, (state) => {
      count += 1;
      const address = print(state, facets);
      const { state: read, unknown } = parse(address, facets);
      assert.deepEqual(read, state);
      assert.deepEqual(unknown, []);
      assert.equal(print(read, facets), address);
      // An address is what a person can copy: nothing in it ends it early, and a browser keeps it as it is.
      assert.doesNotMatch(address, /[\s"<>#]/);
      assert.equal(new URL(address, 'https://atlas.invalid/methods/').search, address.replaceAll("'", '%27'));
    }),
    { numRuns: 200 },
  );
  examined(context, count, 200, 'states');
});

test('addresses are short, readable, and in one order whatever the order in which things were chosen', () => {
  assert.equal(print(plainState, facets), '');
  const state: CatalogueState = {
    ...plainState,
    chosen: {
      operator: { values: ['concatenative', 'additive'], mode: 'all' },
      location: { values: ['hidden'], mode: 'any' },
    },
    words: 'soft prompt, P-tuning',
    sort: { key: 'year', descending: true },
    picked: ['coop', 'cocoop'],
  };
  const address = '?location=hidden&operator=additive,concatenative&operator.mode=all&q=soft+prompt,+P-tuning&sort=-year&pick=coop,cocoop';
  assert.equal(print(state, facets), address);
  const mixed = '?pick=coop,cocoop&sort=-year&operator.mode=all&operator=concatenative&operator=additive&q=soft%20prompt%2C%20P-tuning&location=hidden';
  assert.equal(print(parse(mixed, facets).state, facets), address);
});

test('what an address says beyond this page is named, and the rest of it holds', (context) => {
  const cases: readonly (readonly [query: string, unknown: readonly string[]])[] = [
    ['?colour=red', ['colour=red']],
    ['?location=hidden,outside', ['location=outside']],
    ['?operator=additive&operator.mode=some', ['operator.mode=some']],
    ['?operator.mode=all', ['operator.mode=all']],
    ['?family=pt&family.mode=all', ['family.mode=all']],
    ['?code=yes&code.mode=none', ['code.mode=none']],
    ['?sort=size', ['sort=size']],
    ['?sort=year&sort=-year', ['sort=-year']],
    ['?summaries=yes', ['summaries=yes']],
    ['?pick=coop,Not%20An%20Id', ['pick=Not An Id']],
    ['?year=1066', ['year=1066']],
    ['?__proto__=x&constructor=y', ['__proto__=x', 'constructor=y']],
    ['?utm_source=letter&location=hidden', ['utm_source=letter']],
  ];
  for (const [query, unknown] of cases) {
    const read = parse(query, facets);
    assert.deepEqual(read.unknown, unknown, query);
    const again = parse(print(read.state, facets), facets);
    assert.deepEqual(again, { state: read.state, unknown: [] }, query);
  }
  assert.deepEqual(parse('?utm_source=letter&location=hidden', facets).state.chosen, { location: { values: ['hidden'], mode: 'any' } });
  examined(context, cases.length, 10, 'addresses');
});

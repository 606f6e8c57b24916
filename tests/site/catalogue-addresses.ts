import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from '../../src/random/index.ts';
import type { Columns } from '../../src/site/islands/catalogue/columns.ts';
import { plainState, print, sortKeys } from '../../src/site/islands/catalogue/state.ts';
import { dist } from './built-site.ts';

const words = ['prompt', 'label mapping', 'visual', 'soft prompt tuning', 'nothing that any entry says'];

/** Addresses of `count` states of the catalogue: facets, words, order and picks drawn at random, the same ones each time. */
export function catalogueAddresses(count: number): readonly string[] {
  const { facets, ids }: Columns = JSON.parse(readFileSync(join(dist, 'data', 'facets.json'), 'utf8'));
  const random = createGenerator('catalogue addresses');
  const oneOf = <T>(list: readonly T[]): T | undefined => list[random.integer(list.length)];
  return Array.from({ length: count }, () => {
    const chosen = Object.fromEntries(
      [...random.choose(facets.length, random.integer(3))].flatMap((i) => {
        const { id, values, modes } = facets[i] ?? { id: '', values: [], modes: [] };
        const value = oneOf(values);
        return value === undefined ? [] : [[id, { values: [value], mode: oneOf(modes) ?? 'any' }] as const];
      }),
    );
    const key = oneOf(sortKeys);
    const state = {
      ...plainState,
      chosen,
      words: random.integer(3) === 0 ? (oneOf(words) ?? '') : '',
      sort: key !== undefined && random.integer(2) === 0 ? { key, descending: random.integer(2) === 0 } : null,
      summaries: random.integer(4) !== 0,
      picked: random.integer(3) === 0 ? [...random.choose(ids.length, 1 + random.integer(4))].flatMap((i) => ids[i] ?? []) : [],
    };
    return `/methods/${print(state, facets)}`;
  });
}

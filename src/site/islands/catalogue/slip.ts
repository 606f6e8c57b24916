import type { Found } from './find.ts';
import type { Panel } from './panel.ts';
import type { CatalogueState, Sort, SortKey } from './state.ts';

/** One thing that is asked for and can be let go. */
export interface Asked {
  /** The facet; null for the words. */
  readonly facet: string | null;
  readonly text: string;
}

/** What a state asks for, in words: `location: input or hidden`. */
export function askedOf({ chosen, words }: CatalogueState, labelOf: Panel['labelOf']): readonly Asked[] {
  const joins = { any: ' or ', all: ' and ', none: ' nor ' } as const;
  const facets = Object.entries(chosen).map(([facet, { values, mode }]): Asked => {
    const names = values.map((value) => labelOf(facet, value)).join(joins[mode]);
    return { facet, text: `${labelOf(facet)}: ${mode === 'none' ? (values.length > 1 ? 'neither ' : 'not ') : ''}${names}` };
  });
  return words === '' ? facets : [...facets, { facet: null, text: `words: ${words}` }];
}

const orders: { readonly [K in SortKey]: readonly [ascending: string, descending: string] } = {
  name: ['name, A to Z', 'name, Z to A'],
  family: ['family', 'family, the last first'],
  class: ['class, as on the map', 'class, the last of the map first'],
  year: ['year, the earliest first', 'year, the latest first'],
  venue: ['venue, A to Z', 'venue, Z to A'],
  here: ['what is here, the measured first', 'what is here, the measured last'],
  code: ['code, where there is any first', 'code, where there is none first'],
};

/** The order of the table in a sentence. */
export function orderInWords(sort: Sort | null, isWorded: boolean): string {
  if (!sort) return isWorded ? 'Best match first.' : 'In order of family, then name.';
  return `In order of ${orders[sort.key][sort.descending ? 1 : 0]}.`;
}

/** The count in a sentence. */
export function countInWords(found: number, all: number): string {
  return found === all ? `All ${all} methods` : `${found} of ${all} methods`;
}

/** What the files hold, in words. */
export function takeInWords(found: number, all: number): string {
  if (found === all) return 'Take all away';
  return found === 1 ? 'Take this one away' : `Take these ${found} away`;
}

/** What can be let go where nothing is found, with how many entries that would give, the most first. */
export function looser(asked: readonly Asked[], found: Found, facetIds: readonly string[]): readonly (Asked & { readonly gives: number })[] {
  return asked
    .map((each) => ({ ...each, gives: each.facet === null ? found.withoutWords : (found.without[facetIds.indexOf(each.facet)] ?? 0) }))
    .filter(({ gives }) => gives > 0)
    .toSorted((a, b) => b.gives - a.gives);
}

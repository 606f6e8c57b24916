import { has } from './columns.ts';
import type { Columns, FacetColumn } from './columns.ts';
import type { CatalogueState, Choice } from './state.ts';

/** What a state finds in the catalogue. */
export interface Found {
  /** Entries by their place in the catalogue, in its order. */
  readonly rows: readonly number[];
  /** By facet and value: how many entries have the value and pass all other facets and the words. */
  readonly counts: readonly (readonly number[])[];
  /** By facet: how many entries are found without what is chosen of it. */
  readonly without: readonly number[];
  /** How many entries are found without the words. */
  readonly withoutWords: number;
}

function passes(facet: FacetColumn, { mode }: Choice, places: readonly number[], row: number): boolean {
  const owns = (value: number): boolean => has(facet, row, value);
  if (mode === 'all') return places.every(owns);
  return places.some(owns) === (mode === 'any');
}

/**
 * Filters by all facets and by words at once. The counts of a facet look away from what is chosen of it, except where
 * all values must be there: then they say how many would be left with one value more.
 * @param matches whether an entry has the words; absent where there are none
 */
export function find({ ids, facets }: Columns, { chosen }: CatalogueState, matches?: (row: number) => boolean): Found {
  const asked = facets.flatMap((facet, at) => {
    const choice = chosen[facet.id];
    return choice ? [{ facet, at, choice, places: choice.values.map((value) => facet.values.indexOf(value)) }] : [];
  });
  const rows: number[] = [];
  const counts = facets.map(({ values }) => values.map(() => 0));
  const without = facets.map(() => 0);
  let withoutWords = 0;

  const count = (at: number, row: number): void => {
    const [facet, own] = [facets[at], counts[at]];
    if (!facet || !own) return;
    if (facet.set) own.forEach((_, value) => has(facet, row, value) && add(own, value));
    else add(own, facet.rows[row] ?? 0);
  };

  for (let row = 0; row < ids.length; row += 1) {
    const isWorded = matches?.(row) ?? true;
    const failed = asked.filter(({ facet, choice, places }) => !passes(facet, choice, places, row));
    if (failed.length === 0) withoutWords += 1;
    if (!isWorded || failed.length > 1) continue;
    const [only] = failed;
    if (only) {
      add(without, only.at);
      if (only.choice.mode !== 'all') count(only.at, row);
    } else {
      rows.push(row);
      for (let at = 0; at < facets.length; at += 1) {
        add(without, at);
        count(at, row);
      }
    }
  }
  return { rows, counts, without, withoutWords };
}

function add(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

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

/** Whether an entry passes what is chosen of a facet. */
function testOf({ set, rows, values }: FacetColumn, { values: chosen, mode }: Choice): (row: number) => boolean {
  const wanted = values.map((value) => chosen.includes(value));
  if (!set) return (row) => wanted[rows[row] ?? -1] === (mode === 'any');
  const bits = wanted.reduce((sum, isWanted, value) => (isWanted ? sum | (1 << value) : sum), 0);
  if (mode === 'all') return (row) => ((rows[row] ?? 0) & bits) === bits;
  return (row) => (((rows[row] ?? 0) & bits) !== 0) === (mode === 'any');
}

/**
 * Filters by all facets and by words at once. The counts of a facet look away from what is chosen of it, except where
 * all values must be there: then they say how many would be left with one value more.
 * @param matches whether an entry has the words; absent where there are none
 */
export function find({ ids, facets }: Columns, { chosen }: CatalogueState, matches?: (row: number) => boolean): Found {
  const tests = facets.map((facet) => {
    const choice = chosen[facet.id];
    return choice && { test: testOf(facet, choice), isAll: choice.mode === 'all' };
  });
  const rows: number[] = [];
  const counts = facets.map(({ values }) => values.map(() => 0));
  const without = facets.map(() => 0);
  let withoutWords = 0;

  const count = (at: number, row: number): void => {
    const [facet, own] = [facets[at], counts[at]];
    if (!facet || !own) return;
    const value = facet.rows[row] ?? 0;
    if (!facet.set) add(own, value);
    else for (let bits = value; bits !== 0; bits &= bits - 1) add(own, 31 - Math.clz32(bits & -bits));
  };

  for (let row = 0; row < ids.length; row += 1) {
    let failed = 0;
    let last = -1;
    for (let at = 0; at < tests.length && failed < 2; at += 1) {
      if (tests[at]?.test(row) === false) {
        failed += 1;
        last = at;
      }
    }
    if (failed === 0) withoutWords += 1;
    if (failed > 1 || matches?.(row) === false) continue;
    if (failed === 1) {
      add(without, last);
      if (tests[last]?.isAll !== true) count(last, row);
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

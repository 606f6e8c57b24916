import { facetOf, has, wordsOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { Sort, SortKey } from './state.ts';

type Compare = (a: number, b: number) => number;

/** Made where it is needed: it takes longer than everything else here. */
const byText = (textOf: (row: number) => string): Compare => {
  const { compare } = new Intl.Collator('en');
  return (a, b) => compare(textOf(a), textOf(b));
};

const dimensions = ['configuration', 'location', 'operator', 'alignment'];

const byPlace = (id: string) => (columns: Columns): Compare => {
  const { rows } = facetOf(columns, id);
  return (a, b) => (rows[a] ?? 0) - (rows[b] ?? 0);
};

/** By the cells of the map: dimension by dimension, the one whose earliest value comes first; without a class last. */
function byClass(columns: Columns): Compare {
  const own = dimensions.map((id) => facetOf(columns, id));
  const keys = columns.ids.map((_, row) =>
    own.map((facet) => facet.values.map((_, value) => (has(facet, row, value) ? '0' : '1')).join('')).join(''),
  );
  return (a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : Number(keys[a] !== keys[b]));
}

const compares: { readonly [K in SortKey]: (columns: Columns) => Compare } = {
  name: ({ names }) => byText((row) => names[row] ?? ''),
  family: byPlace('family'),
  class: byClass,
  year: byPlace('year'),
  venue: ({ venues: { values, rows } }) => byText((row) => values[rows[row] ?? 0] ?? ''),
  here: byPlace('here'),
  code: byPlace('code'),
};

/**
 * Entries in the order that is asked for; those that are equal in it keep the catalogue's own order.
 * @param rows in the catalogue's own order
 * @param scores how far each is from the best match, where words are looked for
 */
export function order(columns: Columns, rows: readonly number[], sort: Sort | null, scores?: ReadonlyMap<number, number>): readonly number[] {
  if (!sort) return scores ? rows.toSorted((a, b) => (scores.get(a) ?? 0) - (scores.get(b) ?? 0)) : rows;
  const compare = compares[sort.key](columns);
  return rows.toSorted(sort.descending ? (a, b) => compare(b, a) : compare);
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

/** What stands on the guide cards between the rows, for the orders that have any. */
const guides: { readonly [K in SortKey]?: (columns: Columns) => (row: number) => string } = {
  name: ({ names }) => (row) => {
    const first = (names[row] ?? '').normalize('NFKD').slice(0, 1).toUpperCase();
    return /\p{L}/u.test(first) ? first : '0–9';
  },
  family: (columns) => wordsOf(columns, 'family'),
  year: (columns) => wordsOf(columns, 'year'),
  here: (columns) => wordsOf(columns, 'here'),
  code: (columns) => {
    const codeOf = wordsOf(columns, 'code');
    return (row) => (codeOf(row) === 'yes' ? 'code available' : 'no code found');
  },
};

/** Gives each entry the text of its guide card; undefined where an order has no guides. */
export function guideOf(columns: Columns, { key }: Sort): ((row: number) => string) | undefined {
  return guides[key]?.(columns);
}

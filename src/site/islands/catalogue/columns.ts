/** How several chosen values of a facet count: one of them, all of them, none of them. */
export type Mode = 'any' | 'all' | 'none';

/** A facet as far as addresses speak of it. */
export interface FacetWords {
  readonly id: string;
  /** Its values by their names in addresses, in order. */
  readonly values: readonly string[];
  /** The ways in which its values may count; the first holds where the address says nothing. */
  readonly modes: readonly Mode[];
}

/** A facet with the value of every entry. */
export interface FacetColumn extends FacetWords {
  /** For people, beside `values`. */
  readonly labels: readonly string[];
  /** Abbreviations beside `values`, where the table shows them. */
  readonly shorts?: readonly string[];
  /** Whether an entry has a set of values. */
  readonly set: boolean;
  /** By entry: the place of its value, or its set as bits, the first value the lowest. */
  readonly rows: readonly number[];
}

/** `/data/facets.json`: what the facets need of every entry, in the catalogue's own order. */
export interface Columns {
  readonly schema: 'atlas-facets/1';
  /** Digest of the ids; files that go together have the same. */
  readonly of: string;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly venues: { readonly values: readonly string[]; readonly rows: readonly number[] };
  readonly facets: readonly FacetColumn[];
}

/** `/data/words.json`: what is looked through for words, beside the names. */
export interface Words {
  readonly schema: 'atlas-words/1';
  readonly of: string;
  readonly titles: readonly string[];
  readonly authors: readonly (readonly string[])[];
  readonly aliases: readonly (readonly string[])[];
  readonly summaries: readonly string[];
}

/** `/data/bibtex.json`: what only a file to take away needs. */
export interface Works {
  readonly schema: 'atlas-works/1';
  readonly of: string;
  readonly licence: string;
  readonly credit: string;
  /** By entry: the key of its paper. */
  readonly papers: readonly string[];
  /** By entry: the address of its code, or null. */
  readonly code: readonly (string | null)[];
  /** By key. */
  readonly bibtex: Readonly<Record<string, string>>;
}

/** Whether an entry has the value at a place of a facet. */
export function has({ set, rows }: FacetColumn, row: number, value: number): boolean {
  const own = rows[row] ?? 0;
  return set ? ((own >> value) & 1) === 1 : own === value;
}

/** The places of the values that an entry has. */
export function valuesOf(facet: FacetColumn, row: number): readonly number[] {
  return [...facet.values.keys()].filter((value) => has(facet, row, value));
}

/** @throws {Error} where there is no such facet */
export function facetOf({ facets }: Columns, id: string): FacetColumn {
  const facet = facets.find((each) => each.id === id);
  if (!facet) throw new Error(`There is no facet ${id}.`);
  return facet;
}

/** By entry: the word for its value of a facet that has one value an entry. */
export function wordsOf(columns: Columns, id: string): (row: number) => string {
  const { labels, rows } = facetOf(columns, id);
  return (row) => labels[rows[row] ?? 0] ?? '';
}

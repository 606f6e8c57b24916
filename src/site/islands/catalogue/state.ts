import type { FacetWords, Mode } from './columns.ts';

/** What is chosen of one facet. */
export interface Choice {
  /** In the facet's own order; never empty. */
  readonly values: readonly string[];
  readonly mode: Mode;
}

/** What the table is sorted by. */
export const sortKeys = ['name', 'family', 'class', 'year', 'venue', 'here', 'code'] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Everything that the catalogue's address says. */
export interface CatalogueState {
  /** By facet, in the order of the facets. */
  readonly chosen: Readonly<Record<string, Choice>>;
  /** The words that are looked for, without outer spaces. */
  readonly words: string;
  /** null for the catalogue's own order, or for the best match where there are words. */
  readonly sort: Sort | null;
  readonly summaries: boolean;
  /** Ids of entries, in the order in which they were picked, without repeats. */
  readonly picked: readonly string[];
}

export const plainState: CatalogueState = { chosen: {}, words: '', sort: null, summaries: true, picked: [] };

/** Words with single spaces and none around them. */
export const tidy = (words: string): string => words.replace(/\s+/g, ' ').trim();
/** Text as it stands in a query: readable, with `+` for a space. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+').replaceAll('%2C', ',').replaceAll('%2F', '/');
}

/** The query that says a state, with its question mark; empty for the plain state. The same state has one address. */
export function print(state: CatalogueState, facets: readonly FacetWords[]): string {
  const parts = facets.flatMap(({ id, values, modes }) => {
    const choice = state.chosen[id];
    const names = values.filter((value) => choice?.values.includes(value));
    if (!choice || names.length === 0) return [];
    const mode = choice.mode === modes[0] ? [] : [`${id}.mode=${choice.mode}`];
    return [`${id}=${names.join(',')}`, ...mode];
  });
  const { sort } = state;
  const words = tidy(state.words);
  if (words !== '') parts.push(`q=${encode(words)}`);
  if (sort) parts.push(`sort=${sort.descending ? '-' : ''}${sort.key}`);
  if (!state.summaries) parts.push('summaries=no');
  if (state.picked.length > 0) parts.push(`pick=${[...new Set(state.picked)].join(',')}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

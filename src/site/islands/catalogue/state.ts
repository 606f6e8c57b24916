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

/** An address read: the state, and each part of it that says nothing here, as it was written. */
export interface ParsedAddress {
  readonly state: CatalogueState;
  readonly unknown: readonly string[];
}

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];
/** Words with single spaces and none around them. */
export const tidy = (words: string): string => words.replace(/\s+/g, ' ').trim();
const listOf = (value: string): readonly string[] => value.split(',').map((part) => part.trim()).filter((part) => part !== '');

/** Text as it stands in a query: readable, with `+` for a space. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+').replaceAll('%2C', ',').replaceAll('%2F', '/');
}

function sortFrom(value: string): Sort | null {
  const name = value.replace(/^-/, '');
  const key = sortKeys.find((each) => each === name);
  return key ? { key, descending: value.startsWith('-') } : null;
}

const idForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads the query of an address, with or without its question mark. Nothing in it is an error: what isn't known is named. */
export function parse(query: string, facets: readonly FacetWords[]): ParsedAddress {
  const given = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) given.set(name, [...(given.get(name) ?? []), value]);
  const unknown: string[] = [];
  const take = (name: string): readonly string[] => {
    const values = given.get(name) ?? [];
    given.delete(name);
    return values;
  };
  const takeOne = (name: string): string | undefined => {
    const [first, ...more] = take(name);
    unknown.push(...more.map((value) => `${name}=${value}`));
    return first;
  };

  const chosen: Record<string, Choice> = {};
  for (const { id, values, modes } of facets) {
    const asked = unique(take(id).flatMap(listOf));
    unknown.push(...asked.filter((value) => !values.includes(value)).map((value) => `${id}=${value}`));
    const known = values.filter((value) => asked.includes(value));
    const wanted = takeOne(`${id}.mode`);
    const mode = modes.find((each) => each === wanted);
    if (wanted !== undefined && (mode === undefined || known.length === 0)) unknown.push(`${id}.mode=${wanted}`);
    if (known.length > 0) chosen[id] = { values: known, mode: mode ?? modes[0] ?? 'any' };
  }
  const words = tidy(takeOne('q') ?? '');
  const order = takeOne('sort');
  const sort = order === undefined ? null : sortFrom(order);
  if (order !== undefined && sort === null) unknown.push(`sort=${order}`);
  const shown = takeOne('summaries');
  if (shown !== undefined && shown !== 'no') unknown.push(`summaries=${shown}`);
  const ids = unique(take('pick').flatMap(listOf));
  unknown.push(...ids.filter((id) => !idForm.test(id)).map((id) => `pick=${id}`));
  for (const [name, values] of given) unknown.push(...values.map((value) => `${name}=${value}`));
  return {
    state: { chosen, words, sort, summaries: shown !== 'no', picked: ids.filter((id) => idForm.test(id)) },
    unknown,
  };
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
  if (state.picked.length > 0) parts.push(`pick=${unique(state.picked).join(',')}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

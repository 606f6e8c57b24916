import type { FacetWords } from './columns.ts';
import { sortKeys, tidy } from './state.ts';
import type { CatalogueState, Choice, Sort } from './state.ts';

/** An address read: the state, and each part of it that says nothing here, as it was written. */
export interface ParsedAddress {
  readonly state: CatalogueState;
  readonly unknown: readonly string[];
}

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];
const listOf = (value: string): readonly string[] => value.split(',').map((part) => part.trim()).filter((part) => part !== '');

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

/** By which column a table is ordered. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** How a reader has arranged a table of results. */
export interface TableState {
  readonly order: Order | null;
  /** Only differences that the tests can tell are shown. */
  readonly separable: boolean;
}

export const untouched: TableState = { order: null, separable: false };

const readable = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');

/** The state as the query of an address, always in the same order; empty for an untouched table. `-key` is descending. */
export function printTableState({ order, separable }: TableState): string {
  const parts = [
    ...(separable ? ['separable=1'] : []),
    ...(order === null ? [] : [`sort=${order.descending ? '-' : ''}${readable(order.key)}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** The state that an address names, and what in it means nothing here. */
export function parseTableState(
  query: string,
  keys: readonly string[],
): { readonly state: TableState; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  let state = untouched;
  for (const [name, value] of new URLSearchParams(query)) {
    const descending = value.startsWith('-');
    const key = descending ? value.slice(1) : value;
    if (name === 'separable' && value === '1') state = { ...state, separable: true };
    else if (name === 'sort' && keys.includes(key)) state = { ...state, order: { key, descending } };
    else unknown.push(`${name}=${value}`);
  }
  return { state, unknown };
}

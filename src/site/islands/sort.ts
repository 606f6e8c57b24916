import type { Order } from './results/table-state.ts';

/** A table whose headings are buttons. */
export interface SortableTable {
  /** The keys of its columns. */
  readonly keys: readonly string[];
  /** Puts the rows in an order, and says so in `aria-sort`; null: as the page had them. */
  show(order: Order | null, bySharedPlace: boolean): void;
  /** The places, in the page's own order, of the rows as they stand. */
  shown(): readonly number[];
}

/** Makes the columns of a table sortable; `asked` hears which order a reader wants. */
export function makeSortable(table: HTMLTableElement, asked: (order: Order | null) => void): SortableTable {
  const body = table.tBodies[0];
  const original = [...(body?.rows ?? [])];
  const headings = [...table.querySelectorAll<HTMLTableCellElement>('th[data-sort]')];
  const keyOf = (heading: HTMLElement): string => heading.dataset['key'] ?? '';

  for (const heading of headings) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.title = `Sort by ${heading.textContent?.trim() ?? ''}`;
    button.append(...heading.childNodes);
    heading.replaceChildren(button);
    button.addEventListener('click', () => asked(nextOrder(keyOf(heading), heading.getAttribute('aria-sort'))));
  }
  return {
    keys: headings.map(keyOf),
    show(order, bySharedPlace) {
      for (const heading of headings) {
        if (keyOf(heading) === order?.key) heading.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
        else heading.removeAttribute('aria-sort');
      }
      const heading = headings.find((each) => keyOf(each) === order?.key);
      body?.append(...(order && heading ? sorted(original, Number(heading.dataset['sort']), order.descending, bySharedPlace) : original));
    },
    shown: () => [...(body?.rows ?? [])].map((row) => original.indexOf(row)),
  };
}

/** Words go up first, numbers down; the third press gives back the page's own order. */
function nextOrder(key: string, shown: string | null): Order | null {
  const startsDown = key !== 'label';
  if (shown === null) return { key, descending: startsDown };
  return (shown === 'descending') === startsDown ? { key, descending: !startsDown } : null;
}

/** Rows by the value of their cell in column `index`; rows without a value stay at the end, equal ones in their order. */
function sorted(rows: readonly HTMLTableRowElement[], index: number, descending: boolean, bySharedPlace: boolean): readonly HTMLTableRowElement[] {
  const keyOf = (row: HTMLTableRowElement): number | string | null => {
    const cell = row.cells[index];
    if (index === 0) return cell?.querySelector('a')?.textContent ?? '';
    const value = cell?.dataset['value'];
    const place = cell?.querySelector('small')?.textContent?.match(/\d+/)?.[0];
    if (bySharedPlace && cell?.dataset['column'] !== undefined) return place === undefined ? null : -Number(place);
    return value === undefined ? null : Number(value);
  };
  return rows.toSorted((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const areWords = typeof left === 'string' || typeof right === 'string';
    const order = areWords ? String(left).localeCompare(String(right)) : left - right;
    return descending ? -order : order;
  });
}

import { sortKeys } from './state.ts';
import type { Sort, SortKey } from './state.ts';

export interface SortButtons {
  /** Marks the heading by which the table is sorted. */
  show(sort: Sort | null): void;
}

/** Columns that are of most use from their end: years, the latest first. */
const lastFirst: readonly SortKey[] = ['year'];

function next(key: SortKey, now: Sort | null): Sort | null {
  const first = lastFirst.includes(key);
  if (now?.key !== key) return { key, descending: first };
  return now.descending === first ? { key, descending: !first } : null;
}

/** Puts a button into each heading that the table can be sorted by: one way, the other, back to the catalogue's own order. */
export function sortButtons(table: HTMLTableElement, choose: (sort: Sort | null) => void): SortButtons {
  let now: Sort | null = null;
  const headings = [...table.querySelectorAll<HTMLElement>('th[data-sort]')].flatMap((heading) => {
    const key = sortKeys.find((each) => each === heading.dataset['sort']);
    if (!key) return [];
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => choose(next(key, now)));
    return [{ heading, key }];
  });
  return {
    show(sort) {
      now = sort;
      for (const { heading, key } of headings) {
        if (sort?.key === key) heading.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
        else heading.removeAttribute('aria-sort');
      }
    },
  };
}

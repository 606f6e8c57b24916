/** Tables of results: headings sort; where a page is about a table, its order and its switch stand in the address. */
import { makeSortable } from './sort.ts';
import { saveArranged } from './results/save-arranged.ts';
import { parseTableState, printTableState, untouched } from './results/table-state.ts';
import type { TableState } from './results/table-state.ts';

for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) {
  if (table.dataset['inAddress'] === undefined) sortAlone(table);
  else sortInAddress(table);
}

function sortAlone(table: HTMLTableElement): void {
  const sortable = makeSortable(table, (order) => sortable.show(order, false));
}

function sortInAddress(table: HTMLTableElement): void {
  const box = document.querySelector<HTMLInputElement>('input[data-separable]');
  const status = document.querySelector<HTMLElement>('[data-table-status]');
  let state: TableState = untouched;

  const show = (): void => {
    if (box) box.checked = state.separable;
    sortable.show(state.order, state.separable);
  };
  const change = (next: TableState): void => {
    state = next;
    history.pushState(null, '', `${location.pathname}${printTableState(state)}${location.hash}`);
    if (status) status.textContent = '';
    show();
  };
  const read = (): void => {
    const { state: named, unknown } = parseTableState(location.search, sortable.keys);
    state = named;
    if (status) status.textContent = unknown.length === 0 ? '' : `Not known here and left out: ${unknown.join(', ')}.`;
    show();
  };
  const sortable = makeSortable(table, (order) => change({ ...state, order }));
  box?.addEventListener('change', () => change({ ...state, separable: box.checked }));
  addEventListener('popstate', read);
  read();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-arranged]')) {
    link.addEventListener('click', (event) => {
      if (state.order === null) return;
      event.preventDefault();
      void saveArranged(link, sortable.shown());
    });
  }
}

/** Makes the columns of a table of results sortable: a button in each heading, and the state in `aria-sort`. */
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) makeSortable(table);

function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (!body) return;
  const original = [...body.rows];
  const headings = [...table.querySelectorAll<HTMLTableCellElement>('th[data-sort]')];

  for (const heading of headings) {
    const label = heading.textContent?.trim() ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...heading.childNodes);
    heading.replaceChildren(button);
    button.title = `Sort by ${label}`;
    button.addEventListener('click', () => {
      const next = nextOrder(heading.getAttribute('aria-sort'));
      for (const other of headings) other.removeAttribute('aria-sort');
      if (next) heading.setAttribute('aria-sort', next);
      const index = Number(heading.dataset['sort']);
      body.append(...(next ? sorted(original, index, next === 'descending') : original));
    });
  }
}

function nextOrder(order: string | null): 'ascending' | 'descending' | null {
  if (order === null) return 'descending';
  return order === 'descending' ? 'ascending' : null;
}

/** Rows by the value of their cell in column `index`; rows without a value stay at the end. */
function sorted(rows: readonly HTMLTableRowElement[], index: number, descending: boolean): readonly HTMLTableRowElement[] {
  const key = (row: HTMLTableRowElement): number | string | null => {
    const cell = row.cells[index];
    if (index === 0) return cell?.textContent?.trim() ?? '';
    const value = cell?.dataset['value'];
    return value === undefined ? null : Number(value);
  };
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const areWords = typeof left === 'string' || typeof right === 'string';
    const order = areWords ? String(left).localeCompare(String(right)) : left - right;
    return descending ? -order : order;
  });
}

export {};

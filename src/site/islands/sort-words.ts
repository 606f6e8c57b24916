/**
 * Makes the marked columns of a table of words and numbers sortable: a button in each heading `th[data-sort]`, and the state
 * in `aria-sort`. A cell's `data-key` stands for its text, where it has one; keys that are all numbers sort as numbers.
 */
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sort-words]')) makeSortable(table);

function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (!body) return;
  const original = [...body.rows];
  const headings = [...table.querySelectorAll<HTMLTableCellElement>('th[data-sort]')];
  for (const heading of headings) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...heading.childNodes);
    heading.replaceChildren(button);
    button.addEventListener('click', () => {
      const order = heading.getAttribute('aria-sort');
      const next = order === null ? 'ascending' : order === 'ascending' ? 'descending' : null;
      for (const other of headings) other.removeAttribute('aria-sort');
      if (next) heading.setAttribute('aria-sort', next);
      body.append(...(next ? sorted(original, heading.cellIndex, next === 'descending') : original));
    });
  }
}

function sorted(rows: readonly HTMLTableRowElement[], column: number, descending: boolean): readonly HTMLTableRowElement[] {
  const keyed = rows.map((row) => {
    const cell = row.cells[column];
    return { row, key: (cell?.dataset['key'] ?? cell?.textContent ?? '').trim() };
  });
  const areNumbers = keyed.every(({ key }) => key !== '' && Number.isFinite(Number(key)));
  const order = new Intl.Collator('en', { sensitivity: 'base' });
  return keyed
    .toSorted((a, b) => (areNumbers ? Number(a.key) - Number(b.key) : order.compare(a.key, b.key)) * (descending ? -1 : 1))
    .map(({ row }) => row);
}

export {};

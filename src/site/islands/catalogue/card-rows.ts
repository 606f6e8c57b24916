import { cardMaker } from './make-card.ts';
import type { Columns, Words } from './columns.ts';

/** The rows of the table. */
export interface CardRows {
  /** Draws entries in this order, the first at once and the others as time allows. */
  show(order: readonly number[], guide: ((row: number) => string) | undefined): void;
  /** Ticks the picked, drawn or not. */
  pick(ids: ReadonlySet<string>): void;
  /** Fills in the summaries of the rows that the page came without. */
  tell(words: Words): void;
}

/** Rows drawn before anything else happens, then at a time, until somebody asks for more, and then at a time. */
const steps = { first: 50, chunk: 100, most: 500, more: 100 };

/**
 * Takes over the table's rows: those that the page came with are moved, others are made from the columns.
 * @param lacks is told when a row is drawn without its summary
 */
export function cardRows(root: HTMLElement, columns: Columns, base: string, lacks: () => void): CardRows {
  const table = root.querySelector('table');
  const empty = root.querySelector<HTMLTemplateElement>('template[data-row]')?.content.querySelector('tbody');
  const more = root.querySelector<HTMLElement>('[data-more]');
  const button = more?.querySelector('button');
  if (!table || !empty || !more || !button) throw new Error('The table of methods lacks a part.');
  const make = cardMaker(columns, empty, base);
  const guideIds = new Map<string, string>();
  const cards = new Map<string, HTMLTableSectionElement>();
  for (const body of table.tBodies) {
    const id = body.getAttribute('data-id');
    if (id === null) guideIds.set(body.querySelector('span')?.firstChild?.textContent?.trim() ?? '', body.id);
    else cards.set(id, body);
  }
  const untold = new Map<number, HTMLElement>();
  let picked: ReadonlySet<string> = new Set();
  let words: Words | undefined;
  let turn = 0;

  const newCard = (row: number, id: string): HTMLTableSectionElement => {
    const { body, about } = make(row, id);
    untold.set(row, about);
    cards.set(id, body);
    return body;
  };

  const guideCard = (text: string, count: number): HTMLTableSectionElement => {
    const body = document.createElement('tbody');
    body.className = 'guide';
    const id = guideIds.get(text);
    if (id) body.id = id;
    const heading = document.createElement('th');
    heading.colSpan = 9;
    heading.scope = 'colgroup';
    const [label, number] = [document.createElement('span'), document.createElement('small')];
    number.textContent = String(count);
    label.append(`${text} `, number);
    heading.append(label);
    body.insertRow().append(heading);
    return body;
  };

  const tellAll = (): void => {
    if (!words) return;
    for (const [row, cell] of untold) cell.textContent = words.summaries[row] ?? '';
    untold.clear();
  };

  return {
    show(order, guide) {
      turn += 1;
      const own = turn;
      const counts = new Map<string, number>();
      if (guide) for (const row of order) counts.set(guide(row), (counts.get(guide(row)) ?? 0) + 1);
      let drawn = 0;
      let last: string | undefined;
      const draw = (until: number): void => {
        const bodies: HTMLElement[] = [];
        for (const row of order.slice(drawn, until)) {
          const text = guide?.(row);
          if (text !== undefined && text !== last) bodies.push(guideCard(text, counts.get(text) ?? 0));
          last = text;
          const id = columns.ids[row] ?? '';
          const body = cards.get(id) ?? newCard(row, id);
          mark(body, picked.has(id));
          bodies.push(body);
        }
        table.append(...bodies);
        drawn = Math.min(until, order.length);
        tellAll();
        if (untold.size > 0) lacks();
      };
      const goOn = (most: number): void => {
        if (own !== turn) return;
        const left = order.length - drawn;
        more.hidden = drawn < most || left === 0;
        button.textContent = `Show ${Math.min(steps.more, left)} more of ${left}`;
        if (drawn >= most || left === 0) return;
        draw(Math.min(drawn + steps.chunk, most));
        setTimeout(() => goOn(most), 0);
      };
      const focused = document.activeElement;
      const rows = document.createRange();
      rows.selectNodeContents(table);
      if (table.tHead) rows.setStartAfter(table.tHead);
      rows.deleteContents();
      draw(steps.first);
      // A row that was taken out and put back has lost the focus.
      if (focused instanceof HTMLElement && focused !== document.activeElement && table.contains(focused)) focused.focus({ preventScroll: true });
      setTimeout(() => goOn(steps.most), 0);
      button.onclick = () => {
        const next = drawn;
        draw(drawn + steps.more);
        goOn(drawn);
        if (more.hidden) cards.get(columns.ids[order[next] ?? 0] ?? '')?.querySelector('a')?.focus();
      };
    },
    pick(ids) {
      picked = ids;
      for (const [id, body] of cards) mark(body, ids.has(id));
    },
    tell(told) {
      words = told;
      tellAll();
    },
  };
}

function mark(body: HTMLElement, isPicked: boolean): void {
  const box = body.querySelector('input');
  if (box) box.checked = isPicked;
  body.classList.toggle('picked', isPicked);
}

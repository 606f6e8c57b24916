/** The page that sets entries side by side. What is picked stands in the address; the data of each entry is fetched when it is. */
import { buildElement } from './build-element.ts';
import { drawComparison } from './draw-comparison.ts';
import { startPickField } from './pick-field.ts';
import { mostPicks, parsePicks, printPicks } from './pick-state.ts';
import { readData } from './read-data.ts';

interface Parts {
  readonly picker: HTMLElement;
  readonly input: HTMLInputElement;
  readonly list: HTMLElement;
  readonly chosen: HTMLElement;
  readonly problems: HTMLElement;
  readonly shown: HTMLElement;
  readonly status: HTMLElement;
}

function partsOf(root: HTMLElement): Parts | undefined {
  const part = (name: string): HTMLElement | null => root.querySelector<HTMLElement>(`[data-${name}]`);
  const [picker, chosen, problems, shown, status] = ['picker', 'chosen', 'problems', 'shown', 'status'].map(part);
  const input = root.querySelector('input');
  const list = root.querySelector<HTMLElement>('[role="listbox"]');
  return picker && chosen && problems && shown && status && input && list ? { picker, input, list, chosen, problems, shown, status } : undefined;
}

const root = document.querySelector<HTMLElement>('[data-compare]');
const parts = root ? partsOf(root) : undefined;
if (parts) start(parts);

function start({ picker, input, list, chosen, problems, shown, status }: Parts): void {
  const data = readData(`${document.documentElement.dataset['base'] ?? '/'}data/compare/`);
  let turn = 0;

  const picks = (): readonly string[] => parsePicks(location.search).picks;
  const goTo = (next: readonly string[], said: string): void => {
    history.pushState(null, '', `${location.pathname}${printPicks(next)}`);
    void show(said);
  };

  const chip = (id: string, name: string): HTMLElement => {
    const button = buildElement('button', { type: 'button', 'aria-label': `Remove ${name}` }, '×');
    button.addEventListener('click', () => {
      goTo(picks().filter((other) => other !== id), `${name} removed.`);
      input.focus();
    });
    return buildElement('li', {}, name, button);
  };

  const show = async (said = ''): Promise<void> => {
    turn += 1;
    const own = turn;
    const state = parsePicks(location.search);
    const names = state.picks.length === 0 ? [] : await data.names();
    const known = state.picks.filter((id) => names === undefined || names.some((named) => named.id === id));
    const read = new Map(await Promise.all(known.map(async (id) => [id, await data.entry(id)] as const)));
    if (own !== turn) return;
    const entries = [...read.values()].filter((entry) => entry !== undefined);
    const complaints = [
      ...state.problems,
      ...state.picks.filter((id) => !known.includes(id)).map((id) => `No entry has the id “${id}”.`),
      ...known.filter((id) => read.get(id) === undefined).map((id) => `What “${id}” is can’t be read; are you offline?`),
    ];
    const ask = entries.length === 1 ? ['Add a second entry to see where the two differ.'] : [];
    problems.replaceChildren(...complaints.map((text) => buildElement('li', {}, text)));
    problems.hidden = complaints.length === 0;
    chosen.replaceChildren(...state.picks.map((id) => chip(id, read.get(id)?.name ?? id)));
    shown.replaceChildren(...ask.map((text) => buildElement('p', { class: 'note' }, text)), ...drawComparison(entries));
    shown.hidden = entries.length === 0;
    input.disabled = state.picks.length >= mostPicks;
    input.placeholder = input.disabled ? 'Four at most; remove one first' : '';
    document.title = `${entries.map(({ name }) => name).join(' · ') || 'Compare'} · Reprogrammability Atlas`;
    status.textContent = [said, ...complaints, ...ask].join(' ');
  };

  startPickField(
    { input, list },
    {
      names: data.names,
      taken: picks,
      onPick: ({ id, name }) => goTo([...picks(), id], `${name} added.`),
      say: (text) => {
        status.textContent = text;
      },
    },
  );
  addEventListener('popstate', () => void show());
  picker.hidden = false;
  void show();
}

import { findByName, findEverywhere, hitsInOrder } from '../../search/find-everywhere.ts';
import type { Answer, SearchSources } from '../../search/find-everywhere.ts';
import type { NameFile, SplitNames } from '../../search/name-files.ts';
import { nameSource } from '../../search/name-source.ts';
import { kindNames } from '../../search/search-record.ts';
import { announcer } from './announcer.ts';
import { drawGroups, drawSuggestions } from './result-list.ts';
import type { TextIndex } from './text-index.ts';

/** A pause in typing of so many milliseconds starts a search, once the index is there; a search that takes longer than `slow` is spoken of. */
const pause = 90;
const slow = 700;

export interface SearchPanel {
  /** Shows the panel; `from` gets the focus back when it is left by Escape. */
  open(from: Element | null): void;
}

interface Surroundings {
  readonly base: string;
  readonly index: TextIndex;
}

async function nameFileAt(address: string): Promise<NameFile | SplitNames> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

function numbered(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What is said of an answer, in the panel's foot and to screen readers. */
function summaryOf(answer: Answer): string {
  const hits = hitsInOrder(answer);
  const [first] = hits;
  if (!first) return '';
  const shown = answer.total > hits.length ? `${hits.length} of ${numbered(answer.total, 'result', 'results')}` : numbered(hits.length, 'result', 'results');
  return answer.matched === 'most' ? `${shown}; no page has all these words` : shown;
}

/**
 * The list under the field, by the pattern of a combobox with a list: the focus stays in the field, the arrows move through the options, Enter opens
 * the chosen one or else the first, Escape closes, then empties, then leaves; Tab leaves and closes.
 */
export function searchPanel(box: HTMLElement, input: HTMLInputElement, { base, index }: Surroundings): SearchPanel {
  const part = (name: string): HTMLElement => {
    const found = box.querySelector<HTMLElement>(`[data-search-${name}]`);
    if (!found) throw new Error(`The search field has no part data-search-${name}.`);
    return found;
  };
  const [panel, list, note, foot] = [part('panel'), part('list'), part('note'), part('foot')];
  const hint = [...note.childNodes];
  const say = announcer([...box.querySelectorAll<HTMLElement>('[data-search-said]')]);
  const sources: SearchSources = {
    names: nameSource((file) => nameFileAt(`${base}search/names/${file}.json`)),
    texts: (query) => index.search(query),
    pathOf: (url) => (url.startsWith(base) ? url.slice(base.length) : url.replace(/^\//, '')),
  };
  let asked = '';
  let turn = 0;
  let timer: number | undefined;
  let chosen = -1;
  let returnTo: Element | null = null;
  /** Enter was pressed before there was anything to open. */
  let waiting = false;

  const options = (): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  const isShown = (): boolean => !panel.hidden;

  const show = (): void => {
    panel.hidden = false;
    input.setAttribute('aria-expanded', String(options().length > 0));
  };
  const hide = (): void => {
    panel.hidden = true;
    choose(-1);
    input.setAttribute('aria-expanded', 'false');
  };
  const choose = (next: number): void => {
    const all = options();
    chosen = all.length === 0 || next === -1 ? -1 : (next + all.length) % all.length;
    for (const [i, option] of all.entries()) option.setAttribute('aria-selected', String(i === chosen));
    const option = all[chosen];
    if (!option) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  };
  const fill = (groups: readonly HTMLElement[], words: string | readonly Node[], summary: string): void => {
    list.replaceChildren(...groups);
    list.hidden = groups.length === 0;
    note.replaceChildren(...(typeof words === 'string' ? [words] : words));
    note.hidden = words.length === 0;
    foot.textContent = summary;
    choose(-1);
    show();
  };
  const setBusy = (busy: boolean): void => {
    list.setAttribute('aria-busy', String(busy));
    box.toggleAttribute('data-busy', busy);
  };

  const draw = (answer: Answer): void => {
    setBusy(false);
    const [first] = hitsInOrder(answer);
    if (first) {
      const instead = answer.meant === answer.query ? '' : `No page says “${answer.query}”. These are for “${answer.meant}”.`;
      fill(drawGroups(answer, base), instead, summaryOf(answer));
      say(`${instead} ${summaryOf(answer)}. First: ${first.title}, ${kindNames[first.kind]}.`);
      return;
    }
    const nothing = `Nothing found for “${answer.query}”.`;
    fill(drawSuggestions(answer.suggestions), answer.suggestions.length > 0 ? nothing : `${nothing} The lists of methods, concepts and results lead everywhere.`, '');
    say(answer.suggestions.length > 0 ? `${nothing} Did you mean ${answer.suggestions.join(', or ')}?` : nothing);
  };

  const search = async (query: string): Promise<void> => {
    const mine = (turn += 1);
    const isStale = (): boolean => mine !== turn;
    setBusy(true);
    const late = window.setTimeout(() => {
      if (isStale()) return;
      if (options().length === 0) fill([], 'Searching…', '');
      say('Searching.');
    }, slow);
    try {
      if (!index.isOpen()) {
        const byName = await findByName(query, sources);
        if (!isStale() && hitsInOrder(byName).length > 0) fill(drawGroups(byName, base), '', 'Names; texts follow …');
      }
      // While the index is on its way nothing is asked of it but the last question.
      await index.open().catch(() => undefined);
      if (isStale()) return;
      const answer = await findEverywhere(query, sources);
      if (isStale()) return;
      draw(answer);
      if (waiting) open();
    } catch {
      if (isStale()) return;
      setBusy(false);
      waiting = false;
      asked = '';
      fill([], 'The search index could not be loaded. Type on to try again, or take the lists of methods, concepts and results.', '');
      say('The search index could not be loaded.');
    } finally {
      window.clearTimeout(late);
    }
  };

  const ask = (): void => {
    const query = input.value.trim();
    waiting = false;
    window.clearTimeout(timer);
    if (query === '') {
      turn += 1;
      asked = '';
      setBusy(false);
      fill([], hint, '');
      return;
    }
    if (query === asked) {
      show();
      return;
    }
    timer = window.setTimeout(
      () => {
        asked = query;
        void search(query);
      },
      index.isOpen() ? pause : 0,
    );
  };

  /** Opens the chosen option, or the first. */
  const open = (withNewTab = false): void => {
    const option = options()[Math.max(chosen, 0)];
    const isCurrent = asked === input.value.trim() && list.getAttribute('aria-busy') !== 'true';
    if (!option || (chosen === -1 && !isCurrent)) {
      waiting = input.value.trim() !== '';
      return;
    }
    waiting = false;
    if (option instanceof HTMLAnchorElement && withNewTab) window.open(option.href, '_blank', 'noopener');
    else option.click();
  };
  const leave = (): void => {
    if (isShown()) hide();
    else if (input.value !== '') {
      input.value = '';
      ask();
      hide();
    } else if (returnTo instanceof HTMLElement && returnTo !== document.body) returnTo.focus();
    else input.blur();
  };

  input.addEventListener('input', ask);
  input.addEventListener('focus', () => {
    if (input.value.trim() !== '') ask();
  });
  input.addEventListener('click', () => {
    if (!isShown()) ask();
  });
  input.addEventListener('keydown', (event) => {
    // The list scrolls, and what scrolls takes the focus; it is closed before the focus moves on.
    if (event.key === 'Tab') hide();
    if (event.isComposing || (event.altKey && !/^Arrow(Down|Up)$/.test(event.key))) return;
    if (event.key === 'ArrowDown') {
      if (!isShown()) ask();
      if (isShown() && !event.altKey) choose(chosen + 1);
    } else if (event.key === 'ArrowUp') {
      if (event.altKey) hide();
      else choose(chosen <= 0 ? options().length - 1 : chosen - 1);
    } else if (event.key === 'Escape') leave();
    else if (event.key === 'Enter') open(event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-try]') : null;
    if (!option) return;
    input.value = option.dataset['try'] ?? '';
    input.focus();
    ask();
  });
  // A press on the panel must not take the focus out of the field before the click is through.
  panel.addEventListener('pointerdown', (event) => {
    if (event.button === 0) event.preventDefault();
  });
  box.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && box.contains(event.relatedTarget))) hide();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !box.contains(event.target)) hide();
  });

  if (input.value.trim() !== '') ask();
  return {
    open(from) {
      returnTo = from;
      ask();
      if (input.value.trim() !== '') show();
    },
  };
}

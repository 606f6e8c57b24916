/**
 * The search field of the masthead. What it takes to search comes with the first focus; until then a page has these lines alone.
 * `/` and Ctrl-K (⌘-K) lead to the field from anywhere, as does anything marked `data-search-open`.
 */
import type { SearchPanel } from './search/panel.ts';
import { textIndex } from './search/text-index.ts';

const box = document.querySelector<HTMLElement>('[data-search]');
const input = box?.querySelector('input');
if (box && input) start(box, input);

function start(box: HTMLElement, input: HTMLInputElement): void {
  const base = document.documentElement.dataset['base'] ?? '/';
  const index = textIndex(base);
  let panel: Promise<SearchPanel> | undefined;
  let isListening = false;
  const prepare = (): Promise<SearchPanel> => {
    // The panel reports what fails; here it's only fetched ahead of the first word.
    index.open().catch(() => undefined);
    panel ??= import('./search/panel.ts').then(({ searchPanel }) => {
      isListening = true;
      return searchPanel(box, input, { base, index });
    });
    panel.catch(() => (panel = undefined));
    return panel;
  };

  const lead = (): void => {
    const from = document.activeElement;
    input.focus();
    input.select();
    void prepare().then((search) => search.open(from));
  };

  box.hidden = false;
  input.addEventListener('focus', () => void prepare());
  if (document.activeElement === input) void prepare();
  // Who types fast presses Enter before anything can hear it.
  input.addEventListener('keydown', ({ key }) => {
    if (!isListening && key === 'Enter') void prepare().then(() => input.dispatchEvent(new KeyboardEvent('keydown', { key })));
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && (event.target.isContentEditable || event.target.matches('input, textarea, select'));
    const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const commandK = /^k$/i.test(event.key) && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (event.defaultPrevented || !(slash || commandK)) return;
    event.preventDefault();
    lead();
  });
  for (const opener of document.querySelectorAll<HTMLElement>('[data-search-open]')) {
    opener.hidden = false;
    opener.addEventListener('click', lead);
  }
}

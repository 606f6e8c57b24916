/**
 * The catalogue's page: makes its controls work. What a facet does comes with the page, so that the first one is answered
 * at once; what words, sorting and taking away do is fetched when one of them is asked for.
 */
import { openCatalogue } from './controller.ts';
import type { Controller } from './controller.ts';
import { catalogueFiles } from './files.ts';
import { openPanel } from './panel.ts';
import { partOf } from './part-of.ts';
import { sortButtons } from './sort-buttons.ts';

const root = document.querySelector<HTMLElement>('[data-catalogue]');
if (root) start(root);

function start(root: HTMLElement): void {
  const base = document.documentElement.dataset['base'] ?? '/';
  const files = catalogueFiles(base);
  const field = partOf<HTMLInputElement>(root, '#words');
  const table = partOf<HTMLTableElement>(root, 'table');

  let opened: Controller | undefined;
  const fetchFacets = (): void => void files.columns().catch(() => undefined);
  const open = (): Controller => {
    fetchFacets();
    opened ??= openCatalogue({ root, base, files, panel, sorting });
    return opened;
  };
  const tell = (what: (controller: Controller) => void): void => {
    const controller = open();
    controller.whenRead(() => what(controller));
  };

  const panel = openPanel(root, (facet, choice) => tell((controller) => controller.choose(facet, choice)));
  const sorting = sortButtons(table, (sort) => tell((controller) => controller.sortBy(sort)));
  field.addEventListener('focus', () => tell((controller) => controller.openWords()));
  const lookFor = (words: string): void => tell((controller) => controller.lookFor(words));
  field.addEventListener('input', () => lookFor(field.value));
  partOf(root, '[data-words]').addEventListener('submit', (event) => event.preventDefault());
  // What a control says is read at once: by the time that it is acted on it may say something else.
  root.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const { value, checked } = target;
    if (target.matches('[data-summaries]')) tell((controller) => controller.showSummaries(checked));
    if (target.matches('.pick input')) tell((controller) => controller.pick(value, checked));
  });
  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const ending = target.dataset['take'];
    const isPicked = target.closest('[data-picks]') !== null;
    if (ending) tell((controller) => controller.takeAway(ending, isPicked));
  });

  for (const sign of ['pointerenter', 'focusin']) root.addEventListener(sign, () => void open(), { once: true });
  // What the first facet needs besides is small, and comes while nobody waits for anything.
  const idle = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 200));
  if (document.readyState === 'complete') idle(fetchFacets);
  else addEventListener('load', () => idle(fetchFacets), { once: true });
  // Some browsers tick again what was ticked before a reload; the address alone says what is picked.
  for (const box of root.querySelectorAll<HTMLInputElement>('.slip input, table input')) box.checked = box.defaultChecked;
  root.classList.add('ready');
  if (location.search !== '') void open();
  else if (field.value !== '') lookFor(field.value);
}

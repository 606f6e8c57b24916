import { askedList } from './asked-list.ts';
import { cardRows } from './card-rows.ts';
import type { CardRows } from './card-rows.ts';
import { wordsOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { CatalogueFiles } from './files.ts';
import { find } from './find.ts';
import type { Found } from './find.ts';
import type { Panel } from './panel.ts';
import { partOf } from './part-of.ts';
import type { PicksBar } from './picks-bar.ts';
import { askedOf, countInWords, takeInWords } from './slip.ts';
import type { SortButtons } from './sort-buttons.ts';
import { plainState, print, tidy } from './state.ts';
import type { CatalogueState, Choice, Sort } from './state.ts';
import type { WordSearch } from './word-search.ts';

export interface CatalogueParts {
  readonly root: HTMLElement;
  readonly base: string;
  readonly files: CatalogueFiles;
  readonly panel: Panel;
  readonly sorting: SortButtons;
}

/** What the controls of the page can ask for. */
export interface Controller {
  /** Does something once the address has been read: now, where it asks for nothing. */
  whenRead(what: () => void): void;
  choose(facet: string, choice: Choice | undefined): void;
  sortBy(sort: Sort | null): void;
  lookFor(words: string): void;
  /** Fetches what words are looked for in, so that it is there when the first is typed. */
  openWords(): void;
  showSummaries(are: boolean): void;
  pick(id: string, isPicked: boolean): void;
  takeAway(format: string, isPicked: boolean): void;
}

/** What is there once the columns are. */
interface Opened {
  readonly columns: Columns;
  readonly cards: CardRows;
}

/** Reads the state from the address, shows it, and keeps both the same. */
export function openCatalogue({ root, base, files, panel, sorting }: CatalogueParts): Controller {
  const field = partOf<HTMLInputElement>(root, '#words');
  const heading = partOf(root, '[data-count]');
  const table = partOf<HTMLTableElement>(root, 'table');
  const note = partOf(root, '[data-unknown]');
  const said = partOf(root, '[data-said]');
  const summaries = partOf<HTMLInputElement>(root, '[data-summaries]');
  const orderText = partOf(root, '[data-order]');
  const take = partOf(root, '[data-take-shown]');
  const takeLabel = partOf(root, '[data-take-label]');
  const orderAsBuilt = orderText.textContent;
  const none = partOf(root, '[data-none]');
  const rest = root.querySelector('[data-rest]');
  const facetIds = panel.facets.map(({ id }) => id);

  let state: CatalogueState = plainState;
  let opened: Opened | undefined;
  let marked: readonly string[] = state.picked;
  let shown: readonly number[] | undefined;
  let saying: ReturnType<typeof setTimeout> | undefined;
  let latest: symbol | undefined;
  // What is not needed for a facet, once it has been asked for.
  let search: WordSearch | undefined;
  let sorter: typeof import('./order.ts') | undefined;
  let bar: PicksBar | undefined;
  /** Parts of the address that say nothing here. */
  let unknown: readonly string[] = [];
  let reading: Promise<unknown> | undefined;

  const say = (text: string): void => {
    clearTimeout(saying);
    saying = setTimeout(() => (said.textContent = text), 500);
  };
  const warn = (text: string): void => {
    note.textContent = text;
    note.hidden = text === '';
  };
  const complain = (error: unknown): void => warn(error instanceof Error ? error.message : String(error));
  const addressOf = (of: CatalogueState): string => location.pathname + print(of, panel.facets);

  /** The address follows what is seen: writing it takes the browser a while, in which nothing would be drawn. */
  const write = (isStep: boolean): void => {
    const address = addressOf(state);
    setTimeout(() => {
      try {
        history[isStep ? 'pushState' : 'replaceState'](null, '', address);
      } catch {
        // Some browsers hold on to the address where it changes very often, or where the page is opened from disk.
      }
    });
  };

  /** Moves to a changed state: a step that can be taken back, or a change of the present one. */
  const go = (change: Partial<CatalogueState>, isStep: boolean): void => {
    state = { ...state, ...change };
    write(isStep);
    warn('');
    void show(true);
  };

  const without = (facet: string): CatalogueState['chosen'] =>
    Object.fromEntries(Object.entries(state.chosen).filter(([id]) => id !== facet));

  const asked = askedList(root, panel.labelOf, (part) => {
    if (!part) go({ chosen: {}, words: '' }, true);
    else go(part.facet === null ? { words: '' } : { chosen: without(part.facet) }, true);
    field.value = state.words;
  });

  const nameOf = (id: string): string =>
    opened?.columns.names[opened.columns.ids.indexOf(id)] ?? table.querySelector(`[data-id="${id}"] a`)?.textContent ?? id;

  const pickOnly = (picked: readonly string[]): void => {
    state = { ...state, picked };
    write(false);
    open().then(showPicks).catch(complain);
    say(`${picked.length} picked`);
  };
  const showBar = async (): Promise<void> => {
    const { picksBar } = await import('./picks-bar.ts');
    bar ??= picksBar(root, base, nameOf, () => {
      pickOnly([]);
      heading.focus();
    });
    bar.show(state.picked);
  };
  const showPicks = (): void => {
    if (bar || state.picked.length > 0) void showBar().catch(complain);
    if (!opened || marked === state.picked) return;
    opened.cards.pick(new Set(state.picked));
    marked = state.picked;
  };

  const open = async (): Promise<Opened> => {
    const columns = await files.columns();
    if (!opened) {
      const tell = (): void => void files.words().then((words) => opened?.cards.tell(words)).catch(complain);
      opened = { columns, cards: cardRows(root, columns, base, tell) };
    }
    return opened;
  };

  const openSearch = async (): Promise<WordSearch> => {
    const { wordSearch } = await import('./word-search.ts');
    search ??= wordSearch(files.words, base);
    return search;
  };

  const sayNothing = async (found: Found): Promise<void> => {
    const asks = askedOf(state, panel.labelOf);
    const { looser, showWaysOut } = await import('./nothing-found.ts');
    showWaysOut(none, looser(asks, found, facetIds), asked.letGoButton);
  };

  const draw = ({ columns, cards }: Opened): void => {
    const { sort, words } = state;
    const scores = search?.match(columns, words);
    const found = find(columns, state, scores && ((row) => scores.has(row)));
    shown = sorter?.order(columns, found.rows, sort, scores) ?? found.rows;
    cards.show(shown, sort ? sorter?.guideOf(columns, sort) : scores ? undefined : wordsOf(columns, 'family'));
    panel.show(state.chosen, found.counts);
    heading.textContent = countInWords(shown.length, columns.ids.length);
    table.hidden = shown.length === 0;
    none.hidden = shown.length > 0;
    if (!none.hidden) void sayNothing(found).catch(complain);
    take.hidden = shown.length === 0;
    takeLabel.textContent = takeInWords(shown.length, columns.ids.length);
    rest?.remove();
  };

  const lookFurther = async (all: Opened): Promise<void> => {
    const { words } = state;
    const further = await openSearch();
    await further.lookFurther(all.columns, words, () => {
      if (words !== '' && state.words === words) draw(all);
    });
  };

  /** Shows the state as far as it is known, and more of it as files come; the page is marked as busy until the last has come. */
  const show = async (isSaid: boolean): Promise<void> => {
    const turn = Symbol();
    latest = turn;
    root.dataset['busy'] = '';
    await showNow(isSaid).catch(complain);
    if (latest === turn) delete root.dataset['busy'];
  };

  const showNow = async (isSaid: boolean): Promise<void> => {
    panel.show(state.chosen);
    summaries.checked = state.summaries;
    table.classList.toggle('without-summaries', !state.summaries);
    sorting.show(state.sort);
    asked.show(state);
    showPicks();
    const isAsBuilt = !shown && state.words === '' && !state.sort && Object.keys(state.chosen).length === 0;
    if (isAsBuilt && state.picked.length === 0) return;
    const all = await open();
    reportStrangers(all.columns);
    if (isAsBuilt) return;
    if (state.words !== '') await openSearch();
    if (state.words !== '' || state.sort) sorter ??= await import('./order.ts');
    orderText.textContent = sorter?.orderInWords(state.sort, state.words !== '') ?? orderAsBuilt;
    draw(all);
    if (isSaid) say(heading.textContent ?? '');
    if (state.words !== '') await lookFurther(all);
    if (isSaid) say(heading.textContent ?? '');
  };

  const report = (parts: readonly string[]): void =>
    warn(parts.length > 0 ? `This page knows nothing of these parts of its address and leaves them out: ${parts.join(' · ')}` : '');

  /** Picked ids that no entry has. */
  const reportStrangers = ({ ids }: Columns): void => {
    const strangers = state.picked.filter((id) => !ids.includes(id));
    if (strangers.length > 0) {
      report([...unknown, ...strangers.map((id) => `pick=${id}`)]);
      state = { ...state, picked: state.picked.filter((id) => ids.includes(id)) };
    }
    showPicks();
  };

  const readAddress = async (): Promise<void> => {
    const { parse } = await import('./read-address.ts');
    ({ state, unknown } = parse(location.search, panel.facets));
    field.value = state.words;
    report(unknown);
    void show(false);
  };
  const read = (): void => {
    reading = readAddress()
      .catch(complain)
      .finally(() => (reading = undefined));
  };

  addEventListener('popstate', read);
  // Without a query the page is as it was built, and something may have been typed or ticked already.
  if (location.search !== '') read();

  return {
    whenRead: (what) => void (reading ? reading.then(what) : what()),
    choose: (facet, choice) => go({ chosen: choice ? { ...state.chosen, [facet]: choice } : without(facet) }, true),
    sortBy: (sort) => go({ sort }, true),
    lookFor: (words) => go({ words: tidy(words) }, false),
    openWords: () => {
      openSearch().then((words) => words.openPages()).catch(() => undefined);
      open().then(lookFurther).catch(() => undefined);
    },
    showSummaries: (are) => go({ summaries: are }, false),
    pick: (id, isPicked) => {
      const others = state.picked.filter((each) => each !== id);
      pickOnly(isPicked ? [...others, id] : others);
    },
    takeAway: (format, isPicked) => {
      const handOver = async (): Promise<void> => {
        const [{ columns }, { takeAway }] = await Promise.all([open(), import('./take-away.ts')]);
        const ids = isPicked ? state.picked : (shown?.map((row) => columns.ids[row] ?? '') ?? columns.ids);
        const from = addressOf(isPicked ? { ...plainState, picked: state.picked } : { ...state, picked: [] });
        await takeAway({ columns, files, ids, format, name: isPicked ? 'picked-methods' : 'methods', from, base });
        say(`${ids.length} methods taken away`);
      };
      handOver().catch(complain);
    },
  };
}

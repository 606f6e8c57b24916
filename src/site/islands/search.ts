/** The search field: loads the index on first focus, shows what it finds as a list that the keyboard walks. */
interface FoundPage {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}

interface Found {
  readonly results: readonly { data(): Promise<FoundPage> }[];
}

interface SearchIndex {
  init(): Promise<void>;
  /** null when another query came before the answer. */
  debouncedSearch(query: string, options: object, wait: number): Promise<Found | null>;
}

const most = 8;
const box = document.querySelector<HTMLElement>('[data-search]');
const input = box?.querySelector('input');
const list = box?.querySelector<HTMLElement>('.found');
const status = box?.querySelector<HTMLElement>('[data-search-status]');
if (box && input && list && status) start(box, input, list, status);

function start(box: HTMLElement, input: HTMLInputElement, list: HTMLElement, status: HTMLElement): void {
  const base = document.documentElement.dataset['base'] ?? '/';
  let index: Promise<SearchIndex> | undefined;
  let selected = -1;
  box.hidden = false;

  const open = (): Promise<SearchIndex> => {
    index ??= import(/* @vite-ignore */ `${base}pagefind/pagefind.js`).then(async (loaded: SearchIndex) => {
      await loaded.init();
      return loaded;
    });
    return index;
  };
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role="option"]')];

  const close = (): void => {
    list.hidden = true;
    selected = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const show = (message: string, pages: readonly FoundPage[]): void => {
    list.replaceChildren(...(pages.length > 0 ? pages.map(optionOf) : [messageOf(message)]));
    list.hidden = false;
    selected = -1;
    input.setAttribute('aria-expanded', 'true');
    status.textContent = message;
  };

  const select = (next: number): void => {
    const all = options();
    if (all.length === 0) return;
    selected = (next + all.length) % all.length;
    for (const [i, option] of all.entries()) option.setAttribute('aria-selected', String(i === selected));
    input.setAttribute('aria-activedescendant', `found-${selected}`);
    all[selected]?.scrollIntoView({ block: 'nearest' });
  };

  const search = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === '') {
      close();
      return;
    }
    try {
      const answer = await (await open()).debouncedSearch(query, {}, 120);
      if (answer === null) return;
      const pages = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      show(pages.length === 0 ? `Nothing found for “${query}”.` : `${answer.results.length} found`, pages);
    } catch {
      show('The search index could not be loaded; the lists of methods and results lead everywhere.', []);
    }
  };

  input.addEventListener('focus', () => void open().catch(() => undefined));
  input.addEventListener('input', () => void search());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') select(selected + 1);
    else if (event.key === 'ArrowUp') select(selected - 1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter') options()[Math.max(selected, 0)]?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && /^(input|textarea|select)$/i.test(event.target.tagName);
    const asked = (event.key === '/' && !typing) || (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey));
    if (!asked) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !box.contains(event.target)) close();
  });
}

function messageOf(message: string): HTMLElement {
  const item = document.createElement('div');
  item.className = 'status';
  item.textContent = message;
  return item;
}

function optionOf(page: FoundPage, i: number): HTMLElement {
  const option = document.createElement('a');
  option.href = page.url;
  option.id = `found-${i}`;
  option.tabIndex = -1;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const title = document.createElement('b');
  title.textContent = page.meta['title'] ?? page.url;
  const kind = document.createElement('span');
  kind.className = 'tag';
  kind.textContent = ` ${page.meta['kind'] ?? ''}`;
  const excerpt = document.createElement('small');
  excerpt.append(...marked(page.excerpt));
  option.append(title, kind, excerpt);
  return option;
}

/** The index marks matching words by tags; everything else in an excerpt is text. */
function marked(excerpt: string): readonly (string | HTMLElement)[] {
  return excerpt.split(/(<mark>.*?<\/mark>)/).map((part) => {
    const word = /^<mark>(.*)<\/mark>$/.exec(part)?.[1];
    if (word === undefined) return plain(part);
    const mark = document.createElement('mark');
    mark.textContent = plain(word);
    return mark;
  });
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

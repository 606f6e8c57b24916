/**
 * Runs first on every page of the archive that is opened from disk, where pages may neither fetch nor load modules: gives the other
 * scripts the files and the search that they ask for, leads links to folders to the page in them, and sets the scheme that the reader chose.
 */
import { folderFiles } from './folder-files.ts';
import { titleSearch } from './title-search.ts';

declare global {
  /** The masthead's search, which the build takes from the pages. */
  const searchMarkup: string;
  /** Stands in place of `import(…)` of an address that is put together when the page runs. */
  var atlasImport: (address: string) => Promise<unknown>;
}

try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
} catch {
  // Some browsers keep nothing for pages from disk.
}

const base = document.documentElement.dataset['base'] ?? './';
const root = new URL(base, document.baseURI);
const readFile = folderFiles(base);
const search = titleSearch(base, readFile);

// The page is read, and its other scripts, which wait for that, haven't run yet.
document.addEventListener('readystatechange', () => {
  if (document.readyState !== 'interactive') return;
  for (const place of document.querySelectorAll('[data-search-here]')) place.outerHTML = searchMarkup;
});

const pathOf = (address: string): string | undefined => {
  const { href } = new URL(address, document.baseURI);
  return href.startsWith(root.href) ? decodeURI(href.slice(root.href.length).replace(/[?#].*$/, '')) : undefined;
};

/** Files that the archive has for scripts. */
const held = /^(data|search|results)\//;

globalThis.fetch = async (asked) => {
  const path = pathOf(asked instanceof Request ? asked.url : String(asked));
  const text = path === undefined || !held.test(path) ? undefined : await readFile(path);
  return text === undefined ? new Response('', { status: 404 }) : new Response(text);
};

globalThis.atlasImport = (address) =>
  pathOf(address) === 'pagefind/pagefind.js' ? Promise.resolve(search) : Promise.reject(new Error(`${address} isn't in this archive.`));

// The address of a page from disk can't be changed in some browsers; the page works without.
for (const name of ['pushState', 'replaceState'] as const) {
  const change = history[name].bind(history);
  history[name] = (...given) => {
    try {
      change(...given);
    } catch {
      // Its state stays where it is.
    }
  };
}

function leadToPage({ target }: Event): void {
  const link = target instanceof Element ? target.closest('a') : null;
  if (!link) return;
  const address = new URL(link.href, document.baseURI);
  if (address.protocol !== 'file:' || !address.pathname.endsWith('/')) return;
  address.pathname += 'index.html';
  link.href = address.href;
}
for (const sign of ['click', 'auxclick', 'focusin', 'pointerover'] as const) document.addEventListener(sign, leadToPage, { capture: true });

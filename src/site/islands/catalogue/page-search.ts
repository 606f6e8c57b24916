import { ranking } from '../../search/ranking.ts';

interface FoundPage {
  readonly url: string;
}

interface SearchIndex {
  init(): Promise<void>;
  filters(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
  /** null when another query came before the answer. */
  debouncedSearch(words: string, options: object, wait: number): Promise<{ readonly results: readonly { data(): Promise<FoundPage> }[] } | null>;
}

interface SearchModule {
  createInstance(options: object): SearchIndex;
}

/** How many pages are looked at; each costs a small file. */
const most = 20;
/** Milliseconds without a key after which somebody seems to have typed what they look for. */
const pause = 200;

/** The full text of the methods' pages. */
export interface PageSearch {
  /** Fetches the index, so that the first answer comes sooner. */
  open(): Promise<unknown>;
  /** Ids of the methods whose pages have the words, best first; null where a later question has come. */
  search(words: string): Promise<readonly string[] | null>;
}

/** The text index of the site at `base`, asked for methods alone. Nothing is fetched before it is opened. */
export function pageSearch(base: string): PageSearch {
  let opened: Promise<{ readonly index: SearchIndex; readonly options: object }> | undefined;
  const load = async (): Promise<{ readonly index: SearchIndex; readonly options: object }> => {
    const { createInstance }: SearchModule = await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`);
    const index = createInstance({ baseUrl: base, ranking });
    await index.init();
    const { kind } = await index.filters();
    return { index, options: kind?.['Method'] ? { filters: { kind: 'Method' } } : {} };
  };
  const open = (): Promise<{ readonly index: SearchIndex; readonly options: object }> => {
    opened ??= load().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    open,
    async search(words) {
      const { index, options } = await open();
      const answer = await index.debouncedSearch(words, options, pause);
      if (!answer) return null;
      const pages = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      return pages.flatMap(({ url }) => /\/methods\/([a-z0-9-]+)\/(?:index\.html)?$/.exec(url.replace(/[?#].*$/, ''))?.[1] ?? []);
    },
  };
}

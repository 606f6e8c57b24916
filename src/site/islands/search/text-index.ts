import type { TextMatch } from '../../search/find-everywhere.ts';
import { ranking, wordsOfExcerpt } from '../../search/ranking.ts';

interface Instance {
  init(): Promise<void>;
  search(query: string): Promise<{ readonly results: readonly TextMatch[] } | null>;
}

/** What Pagefind's module offers; its own instance keeps these settings apart from those of others on the page. */
interface PagefindModule {
  createInstance(options: object): Instance;
}

export interface TextIndex {
  /** Fetches the index; a second call gives the same, and tries again where the first failed. */
  open(): Promise<Instance>;
  isOpen(): boolean;
  search(query: string): Promise<readonly TextMatch[]>;
}

/** The index of texts of the site at `base`. Nothing is fetched before it is opened. */
export function textIndex(base: string): TextIndex {
  let opened: Promise<Instance> | undefined;
  let isOpen = false;
  let attempts = 0;
  const open = (): Promise<Instance> => {
    opened ??= load(base, (attempts += 1)).then(
      (instance) => {
        isOpen = true;
        return instance;
      },
      (error: unknown) => {
        opened = undefined;
        throw error;
      },
    );
    return opened;
  };
  return {
    open,
    isOpen: () => isOpen,
    async search(query) {
      // What failed may have been begun long ago: a question is worth an attempt of its own.
      const instance = await open().catch(open);
      const found = await instance.search(query);
      return found?.results ?? [];
    },
  };
}

/**
 * Asks for the files of the index all at once. Pagefind asks for them one after the other, its script, its worker, its list, its wasm, each a round
 * trip; by then they are in the browser's cache, or on their way.
 */
function fetchAhead(place: string, tag: string): void {
  const ahead = (file: string): Promise<Response> => fetch(`${place}${file}`);
  const list = ahead(`pagefind-entry.json?ts=${tag}`).then(async (response) => {
    const { languages }: { languages?: { en?: { hash?: string } } } = await response.json();
    const hash = languages?.en?.hash;
    if (hash !== undefined) await ahead(`pagefind.${hash}.pf_meta`);
  });
  for (const done of [list, ahead('pagefind-worker.js'), ahead('wasm.en.pagefind')]) done.catch(() => undefined);
}

/** A browser remembers that a module couldn't be had, so a later attempt asks by another address. */
async function load(base: string, attempt: number): Promise<Instance> {
  const place = `${base}pagefind/`;
  const tag = String(Date.now());
  const again = attempt > 1 ? `?attempt=${attempt}` : '';
  const coming: Promise<PagefindModule> = import(/* @vite-ignore */ `${place}pagefind.js${again}`);
  if (attempt === 1) fetchAhead(place, tag);
  const instance = (await coming).createInstance({ baseUrl: base, metaCacheTag: tag, excerptLength: wordsOfExcerpt, excerptEllipsis: '…', ranking });
  await instance.init();
  return instance;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SearchSources, TextMatch } from '../../src/site/search/find-everywhere.ts';
import { nameSource } from '../../src/site/search/name-source.ts';
import { ranking } from '../../src/site/search/ranking.ts';

interface Index {
  options(options: object): Promise<void>;
  init(): Promise<void>;
  search(query: string): Promise<{ results: TextMatch[] }>;
}

/** The search of a built site, outside a browser: the same index and the same names, read from the folder instead of fetched. */
export async function searchSourcesOf(folder: string): Promise<SearchSources> {
  // The index is made for pages: it reads its files by fetch and asks the page for its language.
  Object.assign(globalThis, {
    fetch: async (address: string) => new Response(readFileSync(join(folder, new URL(String(address), 'https://atlas.invalid/').pathname))),
    location: new URL('https://atlas.invalid/'),
    document: { querySelector: () => ({ getAttribute: () => 'en' }), currentScript: null },
    window: globalThis,
  });
  const index: Index = await import(pathToFileURL(join(folder, 'pagefind', 'pagefind.js')).href);
  await index.options({ basePath: '/pagefind/', baseUrl: '/', noWorker: true, ranking });
  await index.init();
  return {
    names: nameSource(async (file) => JSON.parse(readFileSync(join(folder, 'search', 'names', `${file}.json`), 'utf8'))),
    texts: async (query) => (await index.search(query)).results,
    pathOf: (url) => url.replace(/^\//, ''),
  };
}

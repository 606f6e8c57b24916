import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import { z } from 'zod';
import { nameFiles, pageRecord, recordHtml, searchSource } from '../src/site/index.ts';
import type { SearchRecord, SearchSource } from '../src/site/index.ts';

/** What the search needs of the files that Pagefind writes; its ready-made interfaces aren't used. */
const needed = /^(pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|pagefind\.[^/]*\.pf_meta|wasm\.en\.pagefind|index|filter|fragment)$/;

/**
 * Makes the search of a built site: an index of the records that the pages hand over in `search/records.json` and of the overview pages, in
 * `pagefind/`, and the names by first letter in `search/names/`. The hand-over is taken away. Gives how many things the index holds.
 * @throws {Error} where a record has no page, the index can't be made, or it is empty.
 */
export async function indexSite(folder: string): Promise<number> {
  const { records, synonyms } = takeSource(folder);
  const homeless = records.filter(({ path }) => !existsSync(join(folder, path, 'index.html')));
  if (homeless.length > 0) {
    const paths = homeless.slice(0, 5).map(({ path }) => `/${path}`).join(', ');
    throw new Error(`The search would lead to ${homeless.length} pages that aren't there: ${paths}. Build these pages, or leave their records out in src/site/data/search-records.ts.`);
  }
  const all = [...records, ...overviewPages(folder, new Set(records.map(({ path }) => path)))];
  const ids = await writeIndex(join(folder, 'pagefind'), all);
  const names = join(folder, 'search', 'names');
  mkdirSync(names, { recursive: true });
  for (const [letter, file] of nameFiles(all, synonyms, (path) => ids.get(path) ?? '')) {
    writeFileSync(join(names, `${letter}.json`), JSON.stringify(file));
  }
  return ids.size;
}

function takeSource(folder: string): SearchSource {
  const path = join(folder, 'search', 'records.json');
  const source = searchSource.parse(JSON.parse(readFileSync(path, 'utf8')));
  rmSync(path);
  return source;
}

function overviewPages(folder: string, known: ReadonlySet<string>): readonly SearchRecord[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(^|\/)index\.html$/.test(file))
    .map((file) => file.replace(/index\.html$/, ''))
    .filter((path) => !known.has(path))
    .sort()
    .flatMap((path) => pageRecord(readFileSync(join(folder, path, 'index.html'), 'utf8'), path) ?? []);
}

/**
 * How many places of words a piece of the index holds. A search loads a piece for each of its words, and in pieces of Pagefind's own size (20,000) one
 * costs 25 KB; the setting is read by its program alone, from the environment.
 */
const placesInPiece = 4000;

/** How many pages are sent to the index before their answers are awaited. */
const atOnce = 256;

const fragment = z.looseObject({ url: z.string() });
const signature = 'pagefind_dcd';

/** The index's id of each page, by path: a fragment's file is named so and holds the page's address. */
function idsOf(fragments: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(fragments).map((file) => {
      const text = gunzipSync(readFileSync(join(fragments, file))).toString('utf8').slice(signature.length);
      return [fragment.parse(JSON.parse(text)).url.replace(/^\//, ''), file.replace('.pf_fragment', '')];
    }),
  );
}

/**
 * Pagefind gives its worker five seconds and then searches in the page itself, whose policy allows no WebAssembly: on a slow link that would be no
 * search at all. It gets two minutes.
 */
function waitForWorker(file: string): void {
  const text = readFileSync(file, 'utf8');
  const limit = /(new Error\("Worker initialization timeout"\)\),)5e3\b/;
  if (!limit.test(text)) throw new Error('pagefind.js has no time limit for its worker where it was; without a longer one a slow link gets no search (scripts/index-site.ts).');
  writeFileSync(file, text.replace(limit, (_, before: string) => `${before}12e4`));
}

/** Writes the index of texts; gives the id of each page in it. */
async function writeIndex(place: string, records: readonly SearchRecord[]): Promise<ReadonlyMap<string, string>> {
  const complain = (errors: readonly string[]): void => {
    if (errors.length > 0) throw new Error(`The search index can't be made: ${errors.join('; ')}`);
  };
  if (records.length === 0) throw new Error('The search index would be empty: no record and no page asks to be found.');
  process.env['PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE'] = String(placesInPiece);
  try {
    const { index, errors } = await createIndex({ includeCharacters: '+', forceLanguage: 'en' });
    complain(errors);
    if (index === undefined) throw new Error("The search index can't be made: Pagefind gave none.");
    // The index numbers its pages in the order in which they are sent, which keeps its bytes the same; waiting for each would take three times as long.
    for (let i = 0; i < records.length; i += atOnce) {
      const added = records.slice(i, i + atOnce).map((record) => index.addHTMLFile({ url: `/${record.path}`, content: recordHtml(record) }));
      for (const { errors: found } of await Promise.all(added)) complain(found);
    }
    complain((await index.writeFiles({ outputPath: place })).errors);
  } finally {
    await close();
  }
  for (const file of readdirSync(place)) if (!needed.test(file)) rmSync(join(place, file), { recursive: true });
  waitForWorker(join(place, 'pagefind.js'));
  const ids = idsOf(join(place, 'fragment'));
  const lost = records.filter(({ path }) => !ids.has(path));
  if (lost.length > 0) throw new Error(`The search index lacks ${lost.length} of ${records.length} things: /${lost[0]?.path ?? ''} and others.`);
  return ids;
}

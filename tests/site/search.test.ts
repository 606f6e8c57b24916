import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findEverywhere, hitsInOrder } from '../../src/site/search/find-everywhere.ts';
import type { Hit, SearchSources } from '../../src/site/search/find-everywhere.ts';
import { runsOfExcerpt, runsOfTitle } from '../../src/site/search/marked.ts';
import { dist, ensureBuilt, pageAddresses, readPage } from './built-site.ts';
import { examined } from './examined.ts';
import { golden } from './search-golden.ts';
import { searchSourcesOf } from './search-sources.ts';

let sources: SearchSources;
before(async () => {
  await ensureBuilt();
  sources = await searchSourcesOf(dist);
});

const found = async (query: string): Promise<readonly Hit[]> => hitsInOrder(await findEverywhere(query, sources));

test('at least 95 of 100 golden queries have their page among the first three', async (context) => {
  const missed: string[] = [];
  for (const { query, right } of golden) {
    const first = (await found(query)).slice(0, 3).map(({ path }) => path);
    if (!first.some((path) => right.includes(path))) missed.push(`${query}: ${right.join(' or ')} is not among ${first.join(', ')}`);
  }
  for (const line of missed) context.diagnostic(line);
  examined(context, golden.filter(({ misspelled }) => !misspelled).length, 120, 'golden queries');
  examined(context, golden.filter(({ misspelled }) => misspelled).length, 10, 'misspelled ones');
  assert.ok(missed.length <= 0.05 * golden.length, missed.join('\n'));
});

test('golden queries ask for pages that are there', (context) => {
  const there = new Set(pageAddresses());
  const wanted = new Set(golden.flatMap(({ right }) => right));
  assert.deepEqual([...wanted].filter((path) => !there.has(`/${path}`)), []);
  examined(context, wanted.size, 100, 'pages');
});

test('what is shown shows why: a word of its title, of another name or of its text is marked', async (context) => {
  const unexplained: string[] = [];
  let hits = 0;
  for (const { query, misspelled } of golden) {
    if (misspelled) continue;
    for (const { title, through, excerpt, path, meeting } of await found(query)) {
      hits += 1;
      const runs = [...runsOfTitle(title, query), ...runsOfTitle(through ?? '', query), ...runsOfExcerpt(excerpt ?? '')];
      if (!runs.some(({ marked }) => marked) && meeting !== 'near') unexplained.push(`${query}: ${path}`);
    }
  }
  examined(context, hits, 1000, 'hits');
  // A page may have the words in its class alone, which its sigil shows.
  assert.ok(unexplained.length < 0.05 * hits, `${unexplained.length} of ${hits} hits: ${unexplained.slice(0, 20).join('; ')}`);
});

test('every method, concept, paper, table, model and task is found by its very name', async (context) => {
  const folders = ['methods', 'concepts', 'papers', 'models', 'tasks', 'results'];
  const pages = pageAddresses().filter((address) => /^\/[a-z]+\/[^/]+\/$/.test(address) && folders.includes(address.split('/')[1] ?? ''));
  const lost: string[] = [];
  let named = 0;
  for (const address of pages) {
    const page = readPage(address).html;
    if (page.querySelector('main[data-pagefind-body]') === null) continue;
    named += 1;
    const title = page.querySelector('h1')?.textContent.trim() ?? '';
    const first = (await found(title)).slice(0, 3).map(({ path }) => path);
    if (!first.includes(address.slice(1))) lost.push(`${title}: ${first.join(', ')}`);
  }
  examined(context, named, 200, 'names');
  assert.deepEqual(lost, []);
});

test('the details of records stay out of the search', async (context) => {
  const cells = pageAddresses().filter((address) => /^\/results\/[^/]+\/[^/]+\/$/.test(address) && !address.endsWith('/embed/'));
  for (const address of cells) {
    const { html } = readPage(address);
    assert.equal(html.querySelector('main[data-pagefind-body]'), null, address);
    const record = html.querySelector('section.record, [id^="run-"]')?.id ?? address.split('/').at(-2) ?? '';
    const leaks = (await found(record)).filter(({ path }) => /^results\/[^/]+\/[^/]+\//.test(path));
    assert.deepEqual(leaks, [], record);
  }
  examined(context, cells.length, 10, 'pages of cells');
});

test('the index holds as many things as the build says, and no ready-made interface', async () => {
  const { languages }: { languages: Record<string, { page_count: number }> } = JSON.parse(readFileSync(join(dist, 'pagefind', 'pagefind-entry.json'), 'utf8'));
  const fragments = readdirSync(join(dist, 'pagefind', 'fragment')).length;
  assert.equal(languages['en']?.page_count, fragments);
  assert.ok(fragments > 300, `${fragments} things`);
  assert.deepEqual(readdirSync(join(dist, 'pagefind')).filter((file) => /ui|highlight|unknown/.test(file)), []);
  assert.ok(!readdirSync(join(dist, 'search')).includes('records.json'), 'what the pages handed over is still there');
});

test('what a search fetches is small', (context) => {
  const names = join(dist, 'search', 'names');
  const sizes = readdirSync(names).map((file) => gzipSync(readFileSync(join(names, file))).length);
  assert.ok(Math.max(...sizes) <= 12_000, `a file of names has ${Math.max(...sizes)} bytes`);
  const pieces = readdirSync(join(dist, 'pagefind', 'index')).map((file) => readFileSync(join(dist, 'pagefind', 'index', file)).length);
  assert.ok(Math.max(...pieces) <= 12_000, `a piece of the index has ${Math.max(...pieces)} bytes`);
  examined(context, sizes.length + pieces.length, 60, 'files');
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { z } from 'zod';
import { catalogueSchema, csvFields, families, parseCatalogue, readBibliography } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { recordSchema } from '../../src/results/index.ts';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { atomFeed } from '../../src/site/machines/atom-feed.ts';
import { jsonLdText } from '../../src/site/machines/json-ld.ts';
import { shortened } from '../../src/site/machines/shortened.ts';
import { content, dist, ensureBuilt, fileOf, pageAddresses, readPage } from './built-site.ts';
import { examined } from './examined.ts';
import { ensureFixtureBuilt, fixtureSite } from './fixture-site.ts';

const { base } = siteConfig;
const catalogue = parseCatalogue(readContentFolder(content));
const read = (path: string, folder = dist): string => readFileSync(join(folder, path), 'utf8');

/** Lines of CSV as cells, by RFC 4180. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

const node = z.looseObject({ '@type': z.string() });
const graph = z.object({ '@context': z.literal('https://schema.org'), '@graph': z.array(node) });

function nodesOf(address: string, folder = dist): readonly z.infer<typeof node>[] {
  const text = readPage(address, folder).html.querySelector('script[type="application/ld+json"]')?.rawText ?? '';
  return graph.parse(JSON.parse(text))['@graph'];
}

describe('data for programs', () => {
  before(ensureBuilt);

  test('the catalogue keeps its schema and holds every entry of the content', (context) => {
    const document = catalogueSchema.parse(JSON.parse(read('data/v1/catalogue.json')));
    for (const kind of ['methods', 'models', 'tasks', 'concepts', 'papers'] as const) {
      assert.deepEqual(document[kind].map(({ id }) => id), catalogue[kind].map(({ data }) => data.id), kind);
    }
    const { properties } = z.object({ properties: z.record(z.string(), z.looseObject({ description: z.string() })) }).parse(JSON.parse(read('data/v1/catalogue.schema.json')));
    assert.deepEqual(Object.keys(properties).sort(), Object.keys(document).sort());
    examined(context, document.methods.length, 200, 'methods');
  });

  test('the CSV reads back to the entries, field by field', (context) => {
    const [head = [], ...rows] = readCsv(read('data/v1/methods.csv'));
    assert.deepEqual(head, csvFields);
    assert.equal(rows.length, catalogue.methods.length);
    let cells = 0;
    for (const [i, row] of rows.entries()) {
      const data = catalogue.methods[i]?.data;
      for (const [c, field] of csvFields.entries()) {
        const value = data?.[field];
        const wanted = Array.isArray(value) ? value.join('; ') : value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
        assert.equal(row[c], wanted, `${data?.id ?? ''} ${field}`);
        cells += 1;
      }
    }
    examined(context, cells, 5000, 'cells');
  });

  test('the BibTeX reads back to the same works', (context) => {
    const { works, mistakes } = readBibliography(read('data/v1/references.bib'));
    assert.deepEqual(mistakes, []);
    const plain = ({ key, title, authors, year, venue, arxiv, doi }: { key: string; title: string; authors: readonly string[]; year: unknown; venue: unknown; arxiv: unknown; doi: unknown }) =>
      ({ key, title, authors, year, venue, arxiv, doi });
    assert.deepEqual([...works.values()].map(plain), [...catalogue.works.values()].map(plain));
    examined(context, works.size, 200, 'works');
  });

  test('every method has its paper’s BibTeX at the address that its head names', (context) => {
    for (const { data } of catalogue.methods) {
      const link = readPage(`/methods/${data.id}/`).html.querySelector('link[rel=alternate][type="application/x-bibtex"]')?.getAttribute('href') ?? '';
      const { works, mistakes } = readBibliography(read(link.slice(base.length)));
      assert.deepEqual([[...works.keys()], mistakes], [[data.paper], []], data.id);
    }
    examined(context, catalogue.methods.length, 200, 'methods');
  });

  test('each line of the records is a record', (context) => {
    const lines = readPage('/data/').html.querySelectorAll('a[href$=".records.jsonl"]').flatMap((link) => read((link.getAttribute('href') ?? '').slice(base.length)).trimEnd().split('\n'));
    for (const line of lines) recordSchema.parse(JSON.parse(line));
    examined(context, lines.length, 100, 'records');
  });

  test('the page about the data states size and digest of the files as they are', (context) => {
    const { html } = readPage('/data/');
    const places = html.querySelectorAll('[data-size-of]');
    for (const place of places) {
      const path = place.getAttribute('data-size-of') ?? '';
      const bytes = readFileSync(join(dist, path));
      assert.equal(place.text.trim(), bytes.length.toLocaleString('en'), path);
      assert.equal(html.querySelector(`[data-digest-of="${path}"]`)?.text.trim(), createHash('sha256').update(bytes).digest('hex'), path);
    }
    const sums = new Map(read('data/v1/SHA256SUMS').trimEnd().split('\n').map((line): [string, string] => [`data/v1/${line.slice(66)}`, line.slice(0, 64)]));
    assert.deepEqual([...sums.keys()].sort(), places.map((place) => place.getAttribute('data-size-of') ?? '').sort());
    for (const [path, digest] of sums) assert.equal(createHash('sha256').update(readFileSync(join(dist, path))).digest('hex'), digest, path);
    examined(context, places.length, 10, 'files');
  });

  test('the page about the data lists every field of every kind of entry', (context) => {
    const { html } = readPage('/data/');
    const named = html.querySelectorAll('table.fields th[scope=row]').map(({ text }) => text.trim());
    for (const field of csvFields) assert.ok(named.includes(field), field);
    examined(context, named.length, 50, 'fields');
  });
});

describe('pages for programs', () => {
  before(async () => {
    await ensureBuilt();
    await ensureFixtureBuilt();
  });

  test('a method page says what it is, and which paper it comes from', (context) => {
    for (const { data } of catalogue.methods) {
      const nodes = nodesOf(`/methods/${data.id}/`);
      const work = catalogue.works.get(data.paper);
      const page = nodes.find((each) => each['@type'] === 'ItemPage');
      const cited = z.array(z.looseObject({ '@type': z.literal('ScholarlyArticle'), name: z.string() })).parse(page?.['citation']);
      assert.deepEqual(cited.map(({ name }) => name), [work?.title], data.id);
      assert.equal(nodes.find((each) => each['@type'] === 'DefinedTerm')?.['name'], data.name);
      assert.equal(nodes.filter((each) => each['@type'] === 'BreadcrumbList').length, 1);
    }
    examined(context, catalogue.methods.length, 200, 'methods');
  });

  test('concepts are defined terms, tables and the data page data sets with files that are there, home a site', (context) => {
    for (const { data } of catalogue.concepts) assert.ok(nodesOf(`/concepts/${data.id}/`).some((each) => each['@type'] === 'DefinedTerm'), data.id);
    const sets = ['/data/', ...pageAddresses().filter((address) => /^\/results\/[^/]+\/$/.test(address))];
    let files = 0;
    for (const address of sets) {
      const set = nodesOf(address).find((each) => each['@type'] === 'Dataset');
      for (const { contentUrl } of z.array(z.looseObject({ contentUrl: z.string() })).parse(set?.['distribution'])) {
        assert.ok(existsSync(join(dist, new URL(contentUrl, 'https://atlas.invalid').pathname.slice(base.length))), contentUrl);
        files += 1;
      }
      assert.match(String(set?.['license']), /^https:/);
    }
    assert.ok(nodesOf('/').some((each) => each['@type'] === 'WebSite'));
    examined(context, files, 10, 'files');
    examined(context, sets.length, 2, 'data sets');
  });

  test('every description fits where it is shown, and names a share picture that is there', (context) => {
    const seen = new Set<string>();
    const addresses = pageAddresses().filter((address) => !/\/embed\/$/.test(address));
    for (const address of addresses) {
      // Read as text: to take apart every page once more would take long.
      const source = read(fileOf(address));
      const of = (name: string): string => parse(new RegExp(`<meta (?:name|property)="${name}" content="[^"]*">`).exec(source)?.[0] ?? '').querySelector('meta')?.getAttribute('content') ?? '';
      const description = of('description');
      assert.ok(description.length > 0 && description.length <= 160, `${address}: ${description.length} characters`);
      seen.add(new URL(of('og:image'), 'https://atlas.invalid').pathname.slice(base.length));
    }
    for (const path of seen) {
      const bytes = readFileSync(join(dist, path));
      assert.ok(bytes.length < 32_000, `${path}: ${bytes.length} bytes`);
      assert.equal(bytes.toString('latin1', 1, 4), 'PNG', path);
      assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [1200, 630], path);
    }
    examined(context, addresses.length, 300, 'pages');
    examined(context, seen.size, catalogue.methods.length + catalogue.concepts.length + catalogue.papers.length + 2, 'pictures');
  });

  test('feeds hold each entry once, latest first, with addresses that lead to it', (context) => {
    const all = [catalogue.methods, catalogue.concepts, catalogue.papers, catalogue.models, catalogue.tasks].reduce((sum, { length }) => sum + length, 0);
    const wanted = new Map<string, number>([['feed.xml', Math.min(all, 500)]]);
    for (const family of Object.keys(families)) wanted.set(`feed/${family.toLowerCase()}.xml`, catalogue.methods.filter(({ data }) => data.family === family).length);
    let entries = 0;
    for (const [path, count] of wanted) {
      const feed = parse(read(path));
      const found = feed.querySelectorAll('entry');
      const of = (name: string): readonly string[] => found.map((entry) => entry.querySelector(name)?.text ?? '');
      assert.equal(found.length, count, path);
      assert.equal(new Set(of('id')).size, count, path);
      assert.deepEqual(of('updated'), of('updated').toSorted().toReversed(), path);
      for (const entry of found) {
        const address = new URL(entry.querySelector('link')?.getAttribute('href') ?? '', 'https://atlas.invalid').pathname.slice(base.length);
        assert.ok(existsSync(join(dist, address, 'index.html')), address);
        assert.match(entry.querySelector('id')?.text ?? '', /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        entries += 1;
      }
    }
    examined(context, entries, 400, 'entries');
  });

  test('a site that knows its address says it: canonical, share picture, feed, sitemap of all pages that may be found', (context) => {
    const { folder, siteUrl } = fixtureSite;
    const home = `${siteUrl}${fixtureSite.base}`;
    const addresses = pageAddresses(folder).filter((address) => address !== '/404.html');
    const listed = [...read('sitemap.xml', folder).matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address = '']) => address);
    const open = addresses.filter((address) => readPage(address, folder).html.querySelector('meta[name=robots][content*=noindex]') === null);
    assert.deepEqual(listed, open.map((address) => home + address.slice(1)).sort());
    assert.ok(read('robots.txt', folder).includes(`Sitemap: ${home}sitemap.xml`));
    const entry = addresses.find((address) => /^\/methods\/[^/]+\/$/.test(address) && !address.startsWith('/methods/by/')) ?? '';
    const { html } = readPage(entry, folder);
    assert.equal(html.querySelector('link[rel=canonical]')?.getAttribute('href'), home + entry.slice(1));
    assert.match(html.querySelector('meta[property="og:image"]')?.getAttribute('content') ?? '', new RegExp(`^${home}share/methods/[a-z0-9-]+\\.png$`));
    assert.match(read('feed.xml', folder), new RegExp(`<link rel="self" type="application/atom\\+xml" href="${home}feed\\.xml"/>`));
    examined(context, listed.length, 60, 'addresses');
  });
});

test('a text is shortened after a word and says so', () => {
  assert.equal(shortened('short', 10), 'short');
  assert.equal(shortened('one two three', 9), 'one two…');
  assert.equal(shortened('one two, three', 10), 'one two…');
  fc.assert(fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 20, max: 200 }), (text, most) => {
    const short = shortened(text, most);
    assert.ok(short.length <= most + 1);
    assert.ok(text.replace(/\s+/g, ' ').trim().startsWith(short.replace(/…$/, '')) || !short.endsWith('…'));
  }));
});

test('nothing in structured data can end its script', () => {
  const text = jsonLdText([{ '@type': 'DefinedTerm', '@id': 'x', name: '</script><script>alert(1)</script>', description: '<!--', inDefinedTermSet: { '@id': 'y' } }]);
  assert.ok(!text.includes('<'));
  assert.ok(JSON.stringify(JSON.parse(text)).includes('</script><script>'));
});

test('a feed is XML whatever its entries hold', () => {
  const entry = { path: 'methods/x/', address: 'https://a.example/?a=1&b="2"', title: '<b>&\u0000\u000b', summary: ']]>', day: '2025-01-02', category: '"' };
  const feed = atomFeed({ path: 'feed.xml', address: '/feed.xml', page: '/', title: 'T', subtitle: 'S', author: 'A', licence: 'L', entries: [entry, { ...entry, path: 'methods/y/', day: '2025-03-01' }] });
  assert.doesNotMatch(feed, /[\0\x0b]|&(?!(amp|lt|gt|quot);)|<b>/);
  assert.match(feed, /<updated>2025-03-01T00:00:00Z<\/updated>\n {2}<author>/);
});

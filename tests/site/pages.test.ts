import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { content, dist, ensureBuilt, pageAddresses, readPage } from './built-site.ts';
import { examined } from './examined.ts';
import { buildWholeThere, ensureFixtureBuilt, fixtureSite, wholeFolder } from './fixture-site.ts';
import { checks } from './pages/index.ts';
import { examineSite, type Examination } from './pages/examine-site.ts';
import { largestPages } from './templates.ts';

/** The most faults that are shown of one check. */
const shownFaults = 25;

const { base, siteUrl } = siteConfig;
const sites = [
  { name: 'the site', place: { folder: dist, base, siteUrl }, ensure: ensureBuilt, pages: 400 },
  { name: 'the fixture catalogue below /atlas/', place: fixtureSite, ensure: ensureFixtureBuilt, pages: 60 },
  ...(process.env['ATLAS_FULL'] === '1' ? [{ name: 'the site below /atlas/', place: { ...fixtureSite, folder: wholeFolder }, ensure: buildWholeThere, pages: 400 }] : []),
];

for (const { name, place, ensure, pages } of sites) {
  describe(name, () => {
    let found: readonly Examination[] = [];
    before(async () => {
      await ensure();
      found = examineSite(place, checks);
    });
    test('it has its pages', (context) => examined(context, found[0]?.pages ?? 0, pages, 'pages'));
    checks.forEach((make, i) => {
      const { promise, what } = make({ ...place, files: new Set(), sample: new Set() });
      test(promise, (context) => {
        const each = found[i];
        assert.ok(each, 'the pages were not examined');
        examined(context, each.check.examined(), Math.max(1, each.check.floor(each.pages)), `${what} on ${each.pages} pages`);
        assert.deepEqual(each.faults.slice(0, shownFaults), [], `${each.faults.length} faults`);
      });
    });
  });
}

/** Templates for catalogues that are too long for one page. */
const forLongCatalogues: readonly string[] = ['methods/by/initial/[initial]'];

describe('what there is has a page', () => {
  before(ensureBuilt);

  test('every template has made a page', (context) => {
    const largest = largestPages(pageAddresses(), dist);
    examined(context, largest.size, 20, 'templates');
    assert.deepEqual([...largest].flatMap(([template, page]) => (page === undefined && !forLongCatalogues.includes(template) ? [template] : [])), []);
  });

  test('every entry has its page, and the list of its kind leads to it', (context) => {
    let count = 0;
    for (const kind of readdirSync(content, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
      const linked = new Set(readPage(`/${kind}/`).html.querySelectorAll('main a[href]').map((link) => link.getAttribute('href')));
      for (const file of readdirSync(join(content, kind)).filter((each) => each.endsWith('.md'))) {
        const address = `${kind}/${file.replace(/\.md$/, '')}/`;
        assert.ok(existsSync(join(dist, address, 'index.html')), `/${address} is missing`);
        assert.ok(linked.has(base + address), `/${kind}/ doesn't link to /${address}`);
        count += 1;
      }
    }
    examined(context, count, 250, 'entries');
  });
});

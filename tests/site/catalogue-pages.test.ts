import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { dimensions } from '../../src/taxonomy/index.ts';
import { siteConfig } from '../../src/site/data/site-config.ts';
import type { Columns } from '../../src/site/islands/catalogue/columns.ts';
import { dist, ensureBuilt, fileOf, readPage } from './built-site.ts';
import { examined } from './examined.ts';
import { plainCatalogue, plainlyFiltered } from './plain-catalogue.ts';
import type { PlainEntry } from './plain-catalogue.ts';

let all: readonly PlainEntry[] = [];
before(async () => {
  await ensureBuilt();
  all = plainCatalogue();
});

const local = (address: string): string => address.replace(siteConfig.base, '/');
const listed = (address: string): readonly string[] =>
  readPage(address).html.querySelectorAll('.entry-cards > li > span > a').map((link) => local(link.getAttribute('href') ?? '').split('/')[2] ?? '');
const idsOf = (entries: readonly PlainEntry[]): readonly string[] => entries.map(({ entry }) => entry.id);

test('without a script the page has every entry once, and states its order', (context) => {
  const { html } = readPage('/methods/');
  const rows = html.querySelectorAll('tbody[data-id]');
  assert.equal(new Set(rows.map((row) => row.getAttribute('data-id'))).size, rows.length);
  assert.equal(rows.length, all.length);
  assert.match(html.querySelector('[data-order]')?.text ?? '', /order of family, then name/);
  const families = ['MR', 'PT', 'PI', 'PCA'];
  all.forEach(({ entry }, i) => {
    const cells = rows[i]?.querySelectorAll('td').map((cell) => cell.text) ?? [];
    for (const said of [entry.family, String(entry.year), entry.venue, entry.summary]) {
      assert.ok(cells.some((cell) => cell === said), `${entry.id} lacks ${said}`);
    }
    const next = all[i + 1]?.entry;
    if (!next) return;
    const [own, other] = [families.indexOf(entry.family), families.indexOf(next.family)];
    assert.ok(own < other || (own === other && entry.name.localeCompare(next.name, 'en') <= 0), `${entry.id} stands before ${next.id}`);
  });
  examined(context, rows.length, 3, 'rows');
});

test('every value of the cabinet is a link with its count to a list of exactly the entries that have it', (context) => {
  let values = 0;
  for (const drawer of readPage('/methods/').html.querySelectorAll('fieldset[data-facet]')) {
    const facet = drawer.getAttribute('data-facet') ?? '';
    for (const item of drawer.querySelectorAll('li[data-value]')) {
      const value = item.getAttribute('data-value') ?? '';
      const wanted = plainlyFiltered(all, `${facet}=${value}`);
      const address = local(item.querySelector('a')?.getAttribute('href') ?? '');
      assert.equal(address, `/methods/by/${facet}/${value}/`);
      assert.equal(Number(item.querySelector('.count')?.text), wanted.length, address);
      assert.deepEqual(listed(address), idsOf(wanted), address);
      values += 1;
    }
  }
  examined(context, values, 30, 'values');
});

test('every two values of two dimensions have a list, an empty one too, and every list leads on to others', (context) => {
  const names = Object.entries(dimensions).map(([dimension, { values }]) => ({ dimension, values: Object.keys(values) }));
  let pairs = 0;
  let empty = 0;
  names.forEach((one, i) => {
    for (const other of names.slice(i + 1)) {
      for (const value of one.values) {
        for (const another of other.values) {
          const address = `/methods/by/${one.dimension}/${value}/${other.dimension}/${another}/`;
          const wanted = plainlyFiltered(all, `${one.dimension}=${value}&${other.dimension}=${another}`);
          assert.deepEqual(listed(address), idsOf(wanted), address);
          const { html } = readPage(address);
          if (wanted.length === 0) assert.match(html.querySelector('main')?.text ?? '', /No known method/, address);
          const links = html.querySelectorAll('.siblings a').map((link) => local(link.getAttribute('href') ?? ''));
          assert.ok(links.length >= one.values.length + other.values.length - 2, address);
          for (const link of links) assert.ok(existsSync(join(dist, fileOf(link))), `${address} leads to ${link}`);
          pairs += 1;
          empty += Number(wanted.length === 0);
        }
      }
    }
  });
  examined(context, pairs, 53, `pairs, ${empty} of them empty`);
});

test('the lists are light and stay out of the search', (context) => {
  const addresses = ['/methods/by/', ...readPage('/methods/by/').html.querySelectorAll('main a').map((link) => local(link.getAttribute('href') ?? ''))];
  const lists = [...new Set(addresses)].filter((address) => address.startsWith('/methods/by/'));
  for (const address of lists) {
    const { html } = readPage(address);
    assert.equal(html.querySelector('[data-pagefind-body]'), null, address);
    assert.equal(html.querySelectorAll('h1').length, 1, address);
    const cards = html.querySelectorAll('.entry-cards > li').length;
    const bytes = statSync(join(dist, fileOf(address))).size;
    assert.ok(bytes < 60_000 + 500 * cards, `${address}: ${bytes} bytes for ${cards} entries`);
  }
  examined(context, lists.length, 80, 'lists');
});

test('the columns say of every entry what its own file says', (context) => {
  const columns: Columns = JSON.parse(readFileSync(join(dist, 'data', 'facets.json'), 'utf8'));
  assert.deepEqual(columns.ids, idsOf(all));
  let values = 0;
  all.forEach(({ entry, values: wanted }, row) => {
    assert.equal(columns.names[row], entry.name);
    assert.equal(columns.venues.values[columns.venues.rows[row] ?? -1], entry.venue);
    for (const { id, values: names, rows, set } of columns.facets) {
      const own = rows[row] ?? 0;
      const said = names.filter((_, place) => (set ? Math.floor(own / 2 ** place) % 2 === 1 : own === place));
      assert.deepEqual(said.toSorted(), wanted[id]?.toSorted(), `${entry.id} ${id}`);
      values += said.length;
    }
  });
  examined(context, values, all.length * 8, 'values');
});

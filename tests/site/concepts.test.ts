import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { parseCatalogue } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { dimensions } from '../../src/taxonomy/index.ts';
import type { Dimension } from '../../src/taxonomy/index.ts';
import { builtPages, content, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';
import { examined } from './examined.ts';

const { concepts, methods, works } = parseCatalogue(readContentFolder(content));
const names = Object.keys(dimensions) as readonly Dimension[];
let pages: ReadonlyMap<string, BuiltPage> = new Map();
let base = '/';
before(async () => {
  await ensureBuilt();
  pages = new Map(builtPages().filter(({ address }) => /^\/(concepts|guide)\//.test(address)).map((page) => [page.address, page]));
  base = page('/concepts/').html.querySelector('html')?.getAttribute('data-base') ?? '/';
});

function page(address: string): BuiltPage {
  const found = pages.get(address);
  assert.ok(found, `${address} isn't there`);
  return found;
}

const targetOf = (link: { getAttribute(name: string): string | undefined }): string => `/${(link.getAttribute('href') ?? '').slice(base.length)}`;
const having = (dimension: Dimension, value: string) =>
  methods.filter(({ data }) => ((data[dimension] ?? []) as readonly string[]).includes(value));

test('every concept has its page and is linked once from the list', (t) => {
  const listed = page('/concepts/').html.querySelectorAll('main a').map(targetOf).filter((target) => /^\/concepts\/[^/]+\/$/.test(target));
  assert.deepEqual(listed.toSorted(), concepts.map(({ data }) => `/concepts/${data.id}/`).toSorted());
  for (const { data } of concepts) assert.equal(page(`/concepts/${data.id}/`).html.querySelector('h1')?.text, data.title);
  examined(t, concepts.length, 30, 'concepts');
});

test('pages of dimensions and values show each value with the number of its entries, linked to their page', (t) => {
  let cards = 0;
  for (const { data } of concepts) {
    const { dimension, value } = data;
    if (!dimension) continue;
    const shown = page(`/concepts/${data.id}/`).html.querySelectorAll('.value-cards li');
    const values = Object.keys(dimensions[dimension].values);
    assert.equal(shown.length, values.length, data.id);
    for (const [i, each] of values.entries()) {
      const [count] = shown[i]?.querySelectorAll('.tag a') ?? [];
      assert.ok(count, data.id);
      assert.equal(targetOf(count), `/methods/by/${dimension}/${each}/`);
      assert.equal(Number.parseInt(count.text, 10), having(dimension, each).length, `${data.id}: ${each}`);
      cards += 1;
    }
    assert.equal(shown.filter((card) => card.getAttribute('aria-current') === 'true').length, value ? 1 : 0, data.id);
  }
  examined(t, cards, 40, 'values shown');
});

test('the page of a value lists entries that have it, each once, and leads to all of them', (t) => {
  let listed = 0;
  for (const { data } of concepts) {
    const { dimension, value } = data;
    if (!dimension || !value) continue;
    const { html } = page(`/concepts/${data.id}/`);
    const ids = html.querySelectorAll('.beside .entries li').map((item) => targetOf(item.querySelectorAll('a')[0] ?? item).split('/')[2]);
    const all = new Set(having(dimension, value).map((entry) => entry.data.id));
    assert.equal(ids.length, Math.min(8, all.size), data.id);
    assert.equal(new Set(ids).size, ids.length, data.id);
    assert.ok(ids.every((id) => id !== undefined && all.has(id)), data.id);
    assert.equal(html.querySelectorAll('.beside .entries .sigil').length, ids.length, data.id);
    assert.ok(html.querySelectorAll('.beside .more a').map(targetOf).includes(`/methods/by/${dimension}/${value}/`), data.id);
    listed += ids.length;
  }
  examined(t, listed, 80, 'entries');
});

test('every row of a map between words stands on its page, with an anchor, its entries, its concept, its source and its mark', (t) => {
  let rows = 0;
  for (const { data } of concepts.filter((concept) => concept.data.terms)) {
    const { html } = page(`/concepts/${data.id}/`);
    const shown = html.querySelectorAll('.terms tbody tr');
    assert.equal(shown.length, data.terms?.length);
    for (const [i, { term, community, here, methods: ids = [], concept, note, source, recalled }] of (data.terms ?? []).entries()) {
      const row = shown[i];
      assert.ok(row);
      assert.ok(row.id !== '' && html.querySelectorAll(`[id="${row.id}"]`).length === 1, row.id);
      assert.equal(row.querySelector('th a')?.getAttribute('href'), `#${row.id}`);
      assert.equal(row.querySelector('th a')?.text, term);
      const text = row.text;
      for (const part of [community, here, note ?? '']) assert.ok(text.includes(part), `${term}: ${part}`);
      const wanted = [...(concept ? [`/concepts/${concept}/`] : []), ...ids.map((id) => `/methods/${id}/`), `/papers/all/#${source}`];
      assert.deepEqual(row.querySelectorAll('td a').map(targetOf), wanted, term);
      assert.ok(works.has(source), source);
      assert.equal(row.querySelector('.tag.warn') !== null, recalled === true, term);
      rows += 1;
    }
  }
  examined(t, rows, 25, 'rows');
});

test('every other reading that an entry states stands on the page of disputed classes, under its name', (t) => {
  const { html } = page('/concepts/disputed/');
  const shown = html.querySelectorAll('.readings li').map((item) => `${targetOf(item.querySelector('a') ?? item)} ${item.querySelector('.argument')?.text ?? ''}`);
  const stated = methods.flatMap(({ data }) => (data.configuration ? (data.classification?.alsoArgued ?? []).map((argument) => `/methods/${data.id}/ ${argument}`) : []));
  assert.deepEqual(shown.toSorted(), stated.toSorted());
  assert.ok(html.querySelectorAll('.departures tbody tr').length > 5);
  for (const dimension of names) assert.ok(html.querySelector(`#about-${dimension}`), dimension);
  examined(t, shown.length, 150, 'readings');
});

test('the guide leads, answer by answer and without scripts, to every cell and to entries of each that has any', (t) => {
  const { html } = page('/guide/');
  const ends = html.querySelectorAll('.ends li');
  const cells = new Set(ends.map((end) => targetOf(end.querySelector('a.answer') ?? end)));
  assert.equal(cells.size, 72);
  let entries = 0;
  for (const end of ends) {
    const isEmpty = end.text.includes('no known method');
    const found = end.querySelectorAll('.found a').filter((link) => targetOf(link).startsWith('/methods/'));
    assert.equal(found.length === 0, isEmpty, end.text);
    assert.ok(end.closest('details') !== null);
    entries += found.length;
  }
  assert.equal(html.querySelectorAll('.guide details > summary').length, html.querySelectorAll('.guide details').length);
  examined(t, entries, 100, 'links to entries');
});

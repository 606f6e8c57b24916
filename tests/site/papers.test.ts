import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { parseCatalogue } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { builtPages, content, dist, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';
import { examined } from './examined.ts';

const { papers, works } = parseCatalogue(readContentFolder(content));
let pages: ReadonlyMap<string, BuiltPage> = new Map();
before(async () => {
  await ensureBuilt();
  pages = new Map(builtPages().map((page) => [page.address, page]));
});

function page(address: string): BuiltPage {
  const found = pages.get(address);
  assert.ok(found, `${address} isn't there`);
  return found;
}

/** Where the links below `selector` lead, without the folder in which the site stands. */
function targets({ html }: BuiltPage, selector: string): readonly string[] {
  const base = html.querySelector('html')?.getAttribute('data-base') ?? '/';
  return html.querySelectorAll(selector).map((link) => `/${(link.getAttribute('href') ?? '').slice(base.length)}`);
}

test('every paper has its page, is linked from the list, and says how much of it was read', (t) => {
  const listed = targets(page('/papers/'), '.papers h2 a');
  assert.deepEqual(listed.toSorted(), papers.map(({ data }) => `/papers/${data.id}/`).toSorted());
  const words = { abstract: 'abstract only', opening: 'its opening', 'full text': 'the full text' };
  for (const { data } of papers) {
    assert.equal(page(`/papers/${data.id}/`).html.querySelector('.read-badge b')?.text, words[data.read], data.id);
  }
  examined(t, papers.length, 3, 'papers');
});

test('the way through a paper leads to each of its headings, in their order', (t) => {
  let links = 0;
  for (const { data } of papers) {
    const { html } = page(`/papers/${data.id}/`);
    const anchors = html.querySelectorAll('.paper-toc a').map((link) => (link.getAttribute('href') ?? '').slice(1));
    assert.deepEqual(anchors, html.querySelectorAll('main h2').map(({ id }) => id), data.id);
    links += anchors.length;
  }
  examined(t, links, 24, 'links');
});

test('the graph of a paper has a node for each work it builds on, linked as the list beside it, which says why', (t) => {
  let nodes = 0;
  for (const { data } of papers) {
    const built = page(`/papers/${data.id}/`);
    const { html } = built;
    assert.deepEqual(html.querySelectorAll('[data-work]').map((item) => item.getAttribute('data-work')), data.buildsOn.map(({ work }) => work), data.id);
    const drawn = targets(built, '.graph svg a');
    assert.deepEqual(drawn, data.buildsOn.map(({ work, methods = [] }) => (methods[0] === undefined ? `/papers/all/#${work}` : `/methods/${methods[0]}/`)), data.id);
    assert.equal(html.querySelectorAll('.graph svg .subject').length, 1, data.id);
    for (const [i, { work, methods = [], why }] of data.buildsOn.entries()) {
      const item = html.querySelectorAll('[data-work]')[i];
      assert.ok(item);
      assert.equal(item.querySelector('.why')?.text, why);
      const base = html.querySelector('html')?.getAttribute('data-base') ?? '/';
      assert.deepEqual(
        item.querySelectorAll('a').map((link) => `/${(link.getAttribute('href') ?? '').slice(base.length)}`),
        [`/papers/all/#${work}`, ...methods.map((id) => `/methods/${id}/`)],
      );
    }
    nodes += drawn.length;
  }
  examined(t, nodes, 20, 'nodes');
});

test('the bibliography has a line for every work, and each leads to every page whose references list it', (t) => {
  const { html } = page('/papers/all/');
  const rows = html.querySelectorAll('.works tbody tr');
  assert.deepEqual(rows.map(({ id }) => id).toSorted(), [...works.keys()].toSorted());
  const base = html.querySelector('html')?.getAttribute('data-base') ?? '/';
  const back = new Map(
    rows.map((row) => [row.id, new Set(row.querySelectorAll('td:last-child a').map((link) => `/${(link.getAttribute('href') ?? '').slice(base.length)}`))]),
  );
  let citations = 0;
  for (const [address, { html: citing }] of pages) {
    for (const { id } of citing.querySelectorAll('.references li[id^=ref-]')) {
      assert.ok(back.get(id.slice('ref-'.length))?.has(address), `${address} cites ${id} and the bibliography doesn't say so`);
      citations += 1;
    }
  }
  for (const [key, places] of back) for (const place of places) assert.ok(existsSync(join(dist, place, 'index.html')), `${key}: ${place}`);
  examined(t, citations, 300, 'citations');
});

test('the bibliography stays small enough to be one page', (t) => {
  const { size } = statSync(join(dist, 'papers', 'all', 'index.html'));
  examined(t, size, 50_000, 'bytes');
  assert.ok(size <= 200_000, `${size} bytes`);
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { HTMLElement } from 'node-html-parser';
import { methodSchema, splitFrontMatter } from '../../src/knowledge/index.ts';
import type { MethodEntry } from '../../src/knowledge/index.ts';
import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { rowKey } from '../../src/bench/index.ts';
import { recordSchema } from '../../src/results/index.ts';
import { relationKinds } from '../../src/site/components/method/relations.ts';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { content, dist, ensureBuilt, readPage } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';
import { examined } from './examined.ts';

interface MethodPage extends BuiltPage {
  readonly entry: MethodEntry;
}

let pages: readonly MethodPage[] = [];
before(async () => {
  await ensureBuilt();
  pages = readContentFolder(content)
    .filter(({ path }) => path.startsWith('methods/') && path.endsWith('.md'))
    .map(({ text }) => methodSchema.parse(splitFrontMatter(text)?.document.toJS()))
    .map((entry) => ({ entry, ...readPage(`/methods/${entry.id}/`) }));
});

const plain = (element: HTMLElement | null | undefined): string => (element?.text ?? '').replace(/\s+/g, ' ').trim();
/** The id of the method that a link leads to. */
const methodOf = (link: HTMLElement): string | undefined =>
  new RegExp(`^${siteConfig.base}methods/([a-z0-9-]+)/$`).exec(link.getAttribute('href') ?? '')?.[1];
const factOf = ({ html }: BuiltPage, label: string): HTMLElement | undefined =>
  html.querySelectorAll('.facts dt').find((term) => plain(term) === label)?.nextElementSibling ?? undefined;

test('every method page has its formula filled and a reason for each slot, or says why it has none', (context) => {
  let slots = 0;
  for (const { address, html, entry } of pages) {
    assert.ok(html.querySelector('.method-head svg.sigil title'), `${address} has no sigil`);
    if (entry.family === 'PCA' && entry.configuration === undefined) {
      assert.equal(html.querySelector('.big-formula'), null, address);
      assert.match(plain(html.querySelector('main .note')), /parameter-centric|without a network/i, address);
      continue;
    }
    const formula = html.querySelector('.big-formula math');
    for (const name of ['configuration', 'location', 'operator', 'alignment'] as const) {
      const values = entry[name] ?? [];
      assert.equal(plain(formula?.querySelector(`.dim-${name}`)), values.join(' or '), `${address} ${name}`);
      const slot = html.querySelectorAll('.slots').find((each) => !each.classNames.includes('ring'))?.querySelector(`.dim-${name}`);
      assert.equal(plain(slot?.querySelector('.value')), values.join(', '), `${address} ${name}`);
      const reason = entry.classification?.rationale[name];
      if (reason !== undefined) assert.equal(plain(slot?.querySelector('p')), reason.replace(/\s+/g, ' ').trim(), `${address} ${name}`);
      slots += 1;
    }
    for (const view of entry.classification?.alsoArgued ?? []) assert.ok(plain(html.querySelector('.class-source')).includes(view.replace(/\s+/g, ' ').trim()), `${address}: ${view}`);
  }
  examined(context, slots, 4 * 200, 'slots');
});

test('every method page names its paper, every source it was written from, and what of it rests on memory', (context) => {
  let sources = 0;
  for (const page of pages) {
    const { address, html, entry } = page;
    assert.ok(plain(factOf(page, 'Paper')).includes(entry.authors[0] ?? ''), address);
    assert.equal(factOf(page, 'Written from')?.querySelectorAll('a').length ?? 0, new Set(entry.sources ?? []).size, address);
    assert.match(plain(factOf(page, 'Sentences')), /^\d+ of \d+ sentences? carr(y|ies) a source/, address);
    for (const memory of entry.recalled ?? []) assert.ok(plain(html.querySelector('.recalls')).includes(memory.replace(/\s+/g, ' ').trim()), `${address}: ${memory}`);
    assert.equal(html.querySelector('.recalls') === null, (entry.recalled ?? []).length === 0, address);
    assert.ok(html.querySelectorAll('.cite a').length > 0, `${address} cites nothing`);
    sources += entry.sources?.length ?? 0;
  }
  examined(context, sources, 500, 'sources');
});

test('no heading of a method page stands over nothing', (context) => {
  let headings = 0;
  for (const { address, html } of pages) {
    const all = html.querySelectorAll('main h2, main h3');
    for (const heading of all) {
      let next = heading.nextElementSibling;
      while (next && plain(next) === '' && next.querySelector('svg, math') === null) next = next.nextElementSibling;
      assert.ok(next && !/^H[12]$/.test(next.tagName) && !(heading.tagName === 'H3' && next.tagName === 'H3'), `${address}: "${plain(heading)}" is empty`);
      headings += 1;
    }
    assert.equal(new Set(all.map(({ id }) => id).filter(Boolean)).size, all.filter(({ id }) => id).length, address);
  }
  examined(context, headings, 1000, 'headings');
});

test('every relation that a page lists is on the other page too, and every one that an entry states is listed', (context) => {
  const listed = new Map(pages.map(({ entry, html }) => {
    const groups = html.querySelectorAll('.relations dt').map((term) => [plain(term), (term.nextElementSibling?.querySelectorAll('a') ?? []).flatMap((link) => methodOf(link) ?? [])] as const);
    return [entry.id, new Map<string, readonly string[]>(groups)] as const;
  }));
  let relations = 0;
  for (const { here, there } of Object.values(relationKinds)) {
    for (const [id, groups] of listed) {
      for (const [label, back] of [[here, there], [there, here]] as const) {
        for (const other of groups.get(label) ?? []) {
          assert.ok(new Set<string>(listed.get(other)?.get(back)).has(id), `/methods/${id}/ lists ${other} under "${label}", but not the other way round`);
          relations += 1;
        }
      }
    }
  }
  for (const { entry } of pages) {
    for (const [kind, { here }] of Object.entries(relationKinds)) {
      const stated = Object.entries(entry.lineage ?? {}).flatMap(([name, ids]) => (name === kind ? (ids ?? []) : []));
      for (const id of stated) assert.ok(listed.get(entry.id)?.get(here)?.includes(id), `/methods/${entry.id}/ leaves out that it ${kind} ${id}`);
    }
  }
  examined(context, relations, 500, 'relations');
});

test('a lineage is drawn around the entry, leads nowhere that its list or a second step of "extends" doesn’t, and is hidden from screen readers', (context) => {
  const listedOn = (id: string | undefined, labels: readonly string[]): readonly string[] =>
    (pages.find(({ entry }) => entry.id === id)?.html.querySelectorAll('.relations dt') ?? [])
      .filter((term) => labels.length === 0 || labels.includes(plain(term)))
      .flatMap((term) => (term.nextElementSibling?.querySelectorAll('a') ?? []).flatMap((link) => methodOf(link) ?? []));
  const steps: readonly string[] = [relationKinds.extends.here, relationKinds.extends.there];
  let drawn = 0;
  for (const { address, html, entry } of pages) {
    const figure = html.querySelector('.graph');
    assert.equal(figure === null, html.querySelector('.relations') === null, address);
    if (!figure) continue;
    assert.equal(figure.querySelector('svg')?.getAttribute('aria-hidden'), 'true', address);
    assert.equal(figure.querySelectorAll('svg .subject').length, 1, address);
    const links = figure.querySelectorAll('svg a');
    assert.ok(links.length > 0 && links.every((link) => link.getAttribute('tabindex') === '-1'), address);
    const near = new Set([...listedOn(entry.id, []), ...listedOn(entry.id, steps).flatMap((id) => listedOn(id, steps))]);
    assert.deepEqual(links.map(methodOf).filter((id) => id === undefined || !near.has(id)), [], address);
    for (const use of figure.querySelectorAll('use')) assert.ok(html.querySelector(use.getAttribute('href') ?? ''), `${address}: ${use.toString()}`);
    drawn += 1;
  }
  examined(context, drawn, 150, 'drawings');
});

test('what lies one step away is counted as the page of its cell counts it', (context) => {
  const counts = new Map<string, number>();
  const onPage = (path: string): number => {
    const known = counts.get(path) ?? readPage(path).html.querySelectorAll('ul.entries > li').length;
    counts.set(path, known);
    return known;
  };
  let steps = 0;
  for (const { address, html, entry } of pages) {
    for (const link of html.querySelectorAll('.ring li a')) {
      const path = `/${(link.getAttribute('href') ?? '').slice(siteConfig.base.length)}`;
      const shown = plain(link.querySelector('b, small:last-child'));
      assert.equal(shown === 'none' ? 0 : Number(shown), onPage(path), `${address}: ${path}`);
      steps += 1;
    }
    for (const link of html.querySelectorAll('.ring p a')) assert.notEqual(methodOf(link), entry.id, address);
    for (const name of html.querySelectorAll('.ring > div')) assert.ok(name.querySelectorAll('p a').length <= 5, address);
  }
  examined(context, steps, 1000, 'steps');
});

test('the command of a measured method names a cell that has committed records', (context) => {
  let commands = 0;
  for (const { address, html } of pages) {
    const line = plain(html.querySelector('main > .command code'));
    assert.equal(line === '', html.querySelector('main table[data-table]') === null, address);
    if (line === '') continue;
    const name = /^npm run reproduce -- '(.+)'$/.exec(line)?.[1];
    const target = html.querySelectorAll('main table[data-table] td[data-cell] a').map((link) => link.getAttribute('href') ?? '');
    const names = target.map((path) => {
      const cell = readPage(`/${path.slice(siteConfig.base.length)}`);
      const file = join(dist, 'records', `${cell.html.querySelector('[data-record]')?.getAttribute('data-record') ?? ''}.json`);
      assert.ok(existsSync(file), file);
      const { spec } = recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
      const plainName = `${rowKey(spec.method.id, spec.method.options, spec.control)}@${spec.model.id}/${spec.task.id}`;
      return [plainName, `${plainName}/${spec.split.train}`];
    });
    assert.ok(name !== undefined && names.flat().includes(name), `${address}: ${line} is none of ${names.join(', ')}`);
    commands += 1;
  }
  examined(context, commands, 8, 'commands');
});

test('each entry has what the compare page asks for, with addresses of this site', (context) => {
  for (const { entry } of pages) {
    const data = JSON.parse(readFileSync(join(dist, 'data', 'compare', `${entry.id}.json`), 'utf8'));
    assert.equal(data.name, entry.name);
    assert.equal(data.address, `${siteConfig.base}methods/${entry.id}/`);
    for (const { rows } of data.tables) for (const { cells } of rows) for (const { address } of cells) assert.ok(existsSync(join(dist, address.slice(siteConfig.base.length), 'index.html')), address);
  }
  const names = JSON.parse(readFileSync(join(dist, 'data', 'compare', 'index.json'), 'utf8'));
  assert.deepEqual(names.map(({ id }: { id: string }) => id).sort(), pages.map(({ entry }) => entry.id).sort());
  examined(context, names.length, 200, 'entries');
});

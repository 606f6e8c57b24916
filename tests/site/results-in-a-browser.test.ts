import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { audit } from '../browser/axe.ts';
import { openVisitor } from '../browser/visitor.ts';
import type { Visitor } from '../browser/visitor.ts';
import { dist, ensureBuilt, pageAddresses } from './built-site.ts';
import { serveToBrowser } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

let site: ServedSite;
let visitor: Visitor;
let tables: readonly string[] = [];

before(async () => {
  await ensureBuilt();
  tables = pageAddresses().filter((address) => /^\/results\/[^/]+\/$/.test(address));
  site = await serveToBrowser(dist);
  visitor = await openVisitor(site.browser, site.home, { acceptDownloads: true });
});

after(async () => {
  await visitor?.close();
  await site?.close();
});

/** The rows in the order shown, whether the switch is on, and which heading says that it sorts. */
const shown = (page: Page): Promise<unknown> =>
  page.evaluate(() => ({
    rows: [...document.querySelectorAll<HTMLElement>('table[data-table] tbody tr')].map((row) => row.dataset['row']),
    on: document.querySelector<HTMLInputElement>('[data-separable]')?.checked,
    sorted: [...document.querySelectorAll<HTMLElement>('th[aria-sort]')].map((heading) => `${heading.dataset['key']} ${heading.ariaSort}`),
  }));

const keysOf = (page: Page): Promise<string[]> =>
  page.$$eval('table[data-table] th[data-key]', (headings) => headings.flatMap((each) => (each instanceof HTMLElement ? (each.dataset['key'] ?? []) : [])));

test('every order and the switch live in the address: copied, reloaded, back and forward', async () => {
  const { page } = visitor;
  let examined = 0;
  for (const table of tables) {
    await visitor.visit(table);
    const untouched = await shown(page);
    const keys = await keysOf(page);
    assert.ok(keys.length >= 6, `${table}: ${keys.length} headings`);
    const seen: { address: string; state: unknown }[] = [];
    await page.click('[data-separable]');
    for (const key of keys) {
      await page.click(`table[data-table] th[data-key="${key}"] button`);
      seen.push({ address: page.url(), state: await shown(page) });
    }
    await page.click('[data-separable]');
    for (const { address, state } of seen.toReversed()) {
      await page.goBack();
      assert.equal(page.url(), address);
      assert.deepEqual(await shown(page), state, `back to ${address}`);
    }
    await page.goForward();
    assert.deepEqual(await shown(page), seen[1]?.state);
    for (const { address, state } of seen) {
      await page.goto(address);
      assert.deepEqual(await shown(page), state, address);
      examined += 1;
    }
    await page.reload();
    assert.deepEqual(await shown(page), seen.at(-1)?.state);
    await visitor.visit(table);
    assert.deepEqual(await shown(page), untouched);
  }
  assert.ok(tables.length >= 2 && examined >= 16, `${tables.length} tables, ${examined} addresses`);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('an address that means nothing here says so', async () => {
  const [table = ''] = tables;
  await visitor.visit(`${table}?sort=cost&colour=red`);
  assert.equal(await visitor.page.textContent('[data-table-status]'), 'Not known here and left out: sort=cost, colour=red.');
});

test('with the switch on, rows go by the best place that they may have, and those that share it keep their order', async () => {
  const { page } = visitor;
  let examined = 0;
  for (const table of tables) {
    await visitor.visit(table);
    const original = await page.$$eval('table[data-table] tbody tr', (rows) => rows.map((row) => row.getAttribute('data-row')));
    const [key = ''] = (await keysOf(page)).filter((each) => each.includes('/'));
    await visitor.visit(`${table}?separable=1&sort=-${key}`);
    const rows = await page.$$eval(
      'table[data-table] tbody tr',
      (all, column) =>
        all.map((row) => {
          const place = row.querySelector(`td[data-column="${column}"] small`)?.textContent?.match(/\d+/)?.[0];
          return { row: row.getAttribute('data-row'), place: place === undefined ? null : Number(place) };
        }),
      key,
    );
    for (const [i, { row, place }] of rows.entries()) {
      const next = rows[i + 1];
      if (next === undefined) continue;
      assert.ok(place !== null || next.place === null, `${table}: a row without a place comes last`);
      if (place === null || next.place === null) continue;
      assert.ok(place < next.place || (place === next.place && original.indexOf(row) < original.indexOf(next.row)), `${table} ${row} ${next.row}`);
      examined += 1;
    }
  }
  assert.ok(examined >= 10, `${examined} pairs`);
});

test('with the switch on and sorted, a table is accessible in both schemes; so are its page without frame and a number', async () => {
  const { page } = visitor;
  const [table = ''] = tables;
  const cell = pageAddresses().find((address) => /^\/results\/[^/]+\/[0-9a-f]{24}\/$/.test(address)) ?? '';
  const found: string[] = [];
  for (const address of ['/results/', `${table}?separable=1&sort=-trainable`, `${table}embed/`, cell]) {
    await visitor.visit(address);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations, rules } = await audit(page, colorScheme === 'light' ? 'all' : 'colours');
      assert.ok(rules > 0, address);
      found.push(...violations.map((violation) => `${address} ${colorScheme}: ${violation}`));
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }
  assert.deepEqual(found, []);
});

test('the switch works without scripts, and both readings can be read', async () => {
  const [table = ''] = tables;
  const plain = await openVisitor(site.browser, site.home, { javaScriptEnabled: false });
  await plain.visit(table);
  const isShown = (selector: string): Promise<boolean> => plain.page.locator(selector).first().isVisible();
  assert.deepEqual([await isShown('.plain-key'), await isShown('.separable-key'), await isShown('td[data-gap] small')], [true, false, true]);
  await plain.page.check('[data-separable]');
  assert.deepEqual([await isShown('.plain-key'), await isShown('.separable-key'), await isShown('td[data-gap] small')], [false, true, false]);
  assert.ok(await isShown('figure.plot svg'));
  await plain.close();
});

test('a table that was sorted is saved in the order shown', async () => {
  const { page } = visitor;
  const [table = ''] = tables;
  const id = table.split('/')[2] ?? '';
  const save = async (ending: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.downloads a[href$=".${ending}"]`)]);
    assert.equal(download.suggestedFilename(), `${id}.${ending}`);
    return readFileSync((await download.path()) ?? '', 'utf8');
  };
  await visitor.visit(table);
  assert.equal(await save('csv'), readFileSync(join(dist, table, `${id}.csv`), 'utf8'), 'as it is served where nothing was sorted');
  await visitor.visit(`${table}?sort=-trainable`);
  const labels = await page.$$eval('table[data-table] tbody th a', (links) => links.map((link) => link.textContent));
  for (const ending of ['csv', 'md', 'tex', 'json']) {
    const text = await save(ending);
    const places = labels.map((label) => text.indexOf(`${label ?? ''}`, ending === 'json' ? text.indexOf('"rows"') : 0));
    assert.ok(places.every((place) => place >= 0), ending);
    assert.equal(text.length, readFileSync(join(dist, table, `${id}.${ending}`), 'utf8').length, ending);
  }
  const csv = (await save('csv')).split('\r\n').slice(1, -1).map((line) => /^(?:"([^"]*)"|([^,]*)),/.exec(line));
  assert.deepEqual(csv.map((match) => (match?.[1] ?? match?.[2])?.replace(/ \(control: .*/, '')), labels);
  assert.deepEqual(visitor.takeProblems(), []);
});

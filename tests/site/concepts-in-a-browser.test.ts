import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { dist, ensureBuilt } from './built-site.ts';
import { examined } from './examined.ts';
import { serveToBrowser } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

let site: ServedSite;
before(async () => {
  await ensureBuilt();
  site = await serveToBrowser(dist);
});
after(() => site.close());

async function open(path: string, options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await site.browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  await page.goto(new URL(path, site.home).href, { waitUntil: 'load' });
  return page;
}

test('words and works are sorted by their headings, up, down and back', async (t) => {
  let rows = 0;
  for (const { path, heading, column, areNumbers } of [
    { path: 'concepts/terminology/', heading: 'Word', column: 0, areNumbers: false },
    { path: 'papers/all/', heading: 'Year', column: 1, areNumbers: true },
  ]) {
    const page = await open(path);
    const keys = (): Promise<string[]> =>
      page.$$eval('[data-sort-words] tbody tr', (found, c) => found.map((row) => row.children[c]?.textContent?.trim() ?? ''), column);
    const original = await keys();
    const button = page.locator('[data-sort-words] th', { hasText: heading }).locator('button');
    const order = new Intl.Collator('en', { sensitivity: 'base' });
    const compare = (a: string, b: string): number => (areNumbers ? Number(a) - Number(b) : order.compare(a, b));
    const isAscending = (list: readonly string[]): boolean => list.every((key, i) => i === 0 || compare(list[i - 1] ?? '', key) <= 0);
    assert.ok(!isAscending(original), 'already in order, so that sorting shows nothing');
    await button.click();
    assert.ok(isAscending(await keys()), `${path} up`);
    assert.equal(await page.getAttribute('[data-sort-words] th[aria-sort]', 'aria-sort'), 'ascending');
    await button.press('Enter');
    assert.ok(isAscending((await keys()).toReversed()), `${path} down`);
    await button.click();
    assert.deepEqual(await keys(), original);
    rows += original.length;
    await page.close();
  }
  examined(t, rows, 80, 'rows');
});

test('without scripts the words stand in their order, and the guide leads to a cell answer by answer', async (t) => {
  const terms = await open('concepts/terminology/', { javaScriptEnabled: false });
  assert.equal(await terms.locator('.terms button').count(), 0);
  assert.ok(await terms.locator('.terms tbody tr').first().isVisible());
  await terms.close();
  const guide = await open('guide/', { javaScriptEnabled: false });
  const opened = guide.locator('.guide details[open]');
  const steps = 3;
  for (let step = 1; step <= steps; step += 1) {
    assert.equal(await opened.count(), step);
    await guide.locator('.guide details[open] > .next > details:not([open]) > summary').first().click();
  }
  const ends = guide.locator('.ends:visible a.answer');
  assert.equal(await ends.count(), 4);
  await ends.first().click();
  assert.match(guide.url(), /\/map\/[a-z]+-[a-z]+-[a-z]+-[a-z]+\/$/);
  examined(t, steps, 3, 'answers');
  await guide.close();
});

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { audit } from '../browser/axe.ts';
import { openVisitor, type Visitor } from '../browser/visitor.ts';
import { dist, ensureBuilt } from './built-site.ts';
import { examined } from './examined.ts';
import { ensureFixtureBuilt, fixtureSite } from './fixture-site.ts';
import { serveToBrowser, type ServedSite } from './served-site.ts';

let site: ServedSite;
let visitor: Visitor;

before(async () => {
  await ensureBuilt();
  site = await serveToBrowser(dist, siteConfig.base);
  visitor = await openVisitor(site.browser, site.home);
});

beforeEach(async () => {
  await visitor.visit('/about/');
  visitor.takeProblems();
});

after(async () => {
  await visitor?.close();
  await site?.close();
});

const field = '[data-search] input';
/** Waits until the answer to the words in the field is complete: its foot then counts the results. */
const answered = async (page: Page): Promise<void> => {
  const isAnswered = (): boolean =>
    /result/.test(document.querySelector('[data-search-foot]')?.textContent ?? '') && document.querySelector('[data-search-list]')?.getAttribute('aria-busy') === 'false';
  await page.waitForFunction(isAnswered, undefined, { timeout: 20_000 });
  // What was answered may be all letters but the last; the question that is still to be asked comes soon.
  await page.waitForTimeout(400);
  await page.waitForFunction(isAnswered, undefined, { timeout: 20_000 });
};
const chosen = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant');
    return id ? (document.getElementById(id)?.getAttribute('href') ?? null) : null;
  });
const isOpen = (page: Page): Promise<boolean> => page.locator('[data-search-panel]').isVisible();

test('the slash opens the field, arrows go round the options, and Enter leads on', async () => {
  const { page } = visitor;
  await page.keyboard.press('/');
  await page.keyboard.type('label mapping');
  await answered(page);
  assert.equal(await page.getAttribute(field, 'aria-expanded'), 'true');
  assert.equal(await chosen(page), null);
  const links = await page.locator('[role=option]').evaluateAll((options) => options.map((option) => option.getAttribute('href')));
  assert.ok(links.length >= 8, `${links.length} options`);
  for (const link of links) {
    await page.keyboard.press('ArrowDown');
    assert.equal(await chosen(page), link);
    assert.equal(await page.locator('[aria-selected=true]').count(), 1);
  }
  await page.keyboard.press('ArrowDown');
  assert.equal(await chosen(page), links[0]);
  await page.keyboard.press('ArrowUp');
  assert.equal(await chosen(page), links.at(-1));
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox');
  const hasSight = await page.locator('[aria-selected=true]').evaluate((option) => {
    const [box, list] = [option.getBoundingClientRect(), document.querySelector('[data-search-list]')?.getBoundingClientRect()];
    return list !== undefined && box.top >= list.top - 1 && box.bottom <= list.bottom + 1;
  });
  assert.ok(hasSight, 'the chosen option is out of sight');
  await Promise.all([page.waitForURL(new RegExp(`${links.at(-1) ?? ''}$`)), page.keyboard.press('Enter')]);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('Ctrl-K opens it too, and Enter before the answer has come leads to its first result', async () => {
  const { page } = visitor;
  await page.keyboard.press('Control+k');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox');
  await page.keyboard.type('P-tuning v2');
  await Promise.all([page.waitForURL(/\/methods\/p-tuning-v2\/$/, { timeout: 20_000 }), page.keyboard.press('Enter')]);
});

test('Enter before the script of the search has come leads to the first result too', async () => {
  const { page } = visitor;
  let held = 0;
  await page.route(/\/_astro\/panel\./, async (route) => {
    held += 1;
    await delay(400);
    await route.continue();
  });
  await visitor.visit('/about/?again');
  await page.keyboard.press('/');
  await page.keyboard.type('P-tuning v2');
  await Promise.all([page.waitForURL(/\/methods\/p-tuning-v2\/$/, { timeout: 20_000 }), page.keyboard.press('Enter')]);
  await page.unroute(/\/_astro\/panel\./);
  assert.equal(held, 1);
});

test('Escape closes, then empties, then gives the focus back; Tab closes and goes on', async () => {
  const { page } = visitor;
  const link = page.locator('main a').first();
  await link.focus();
  await page.keyboard.press('/');
  await page.keyboard.type('BLM');
  await answered(page);
  await page.keyboard.press('Escape');
  assert.deepEqual([await isOpen(page), await page.inputValue(field), await page.getAttribute(field, 'aria-expanded')], [false, 'BLM', 'false']);
  await page.keyboard.press('ArrowDown');
  assert.ok(await isOpen(page), 'an arrow opens the list again');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await page.inputValue(field), '');
  await page.keyboard.press('Escape');
  assert.ok(await link.evaluate((element) => element === document.activeElement), 'the focus is not where it was');

  await page.keyboard.press('/');
  await page.keyboard.type('BLM');
  await answered(page);
  await page.keyboard.press('Tab');
  assert.equal(await isOpen(page), false);
  assert.ok(await page.evaluate(() => document.activeElement?.closest('[data-search]') === null && document.activeElement !== document.body));
});

test('a slash typed into a field stays a slash', async () => {
  const { page } = visitor;
  await page.locator(field).click();
  await page.keyboard.type('a/b');
  assert.equal(await page.inputValue(field), 'a/b');
});

test('results stand in labelled groups, methods with their sigil, matching words marked, and all of it is accessible', async (context) => {
  const { page } = visitor;
  await page.keyboard.press('/');
  await page.keyboard.type('soft prompt');
  await answered(page);
  await page.keyboard.press('ArrowDown');
  const groups = await page.locator('[data-search-list] [role=group]').evaluateAll((all) =>
    all.map((group) => ({ label: document.getElementById(group.getAttribute('aria-labelledby') ?? '')?.textContent ?? '', options: group.querySelectorAll('[role=option]').length })),
  );
  assert.ok(groups.length >= 2 && groups.every(({ label, options }) => label !== '' && options > 0), JSON.stringify(groups));
  const options = await page.locator('[role=option]').evaluateAll((all) =>
    all.map((option) => ({ href: option.getAttribute('href') ?? '', cells: option.querySelectorAll('.sigil path').length, marks: option.querySelectorAll('mark').length })),
  );
  for (const { href, cells, marks } of options) {
    assert.ok(marks > 0, `${href} has no marked word`);
    assert.equal(cells > 0, href.includes('/methods/'), `${href} has ${cells} cells of a sigil`);
  }
  const { violations, rules } = await audit(page);
  examined(context, rules, 15, 'rules');
  assert.deepEqual(violations, []);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('what was found is said to those who do not see it, through two regions in turn', async () => {
  const { page } = visitor;
  await page.evaluate(() => {
    const said: string[] = [];
    Reflect.set(globalThis, 'atlasSaid', said);
    for (const [i, region] of [...document.querySelectorAll('[data-search-said]')].entries()) {
      new MutationObserver(() => region.textContent && said.push(`${i} ${region.textContent}`)).observe(region, { childList: true });
    }
  });
  const said = (): Promise<readonly string[]> => page.evaluate(() => Reflect.get(globalThis, 'atlasSaid'));
  await page.keyboard.press('/');
  await page.keyboard.type('BLM+');
  await page.waitForFunction(() => Reflect.get(globalThis, 'atlasSaid').some((words: string) => /BLM\+, method/.test(words)), undefined, { timeout: 20_000 });
  await page.keyboard.type(' zzqqxx');
  await page.fill(field, 'zzqqxx');
  await page.waitForFunction(() => Reflect.get(globalThis, 'atlasSaid').some((words: string) => /Nothing found/.test(words)));
  assert.equal(new Set((await said()).map((words) => words.slice(0, 1))).size, 2, (await said()).join(' | '));
});

test('where nothing is found the nearest names are proposed, and one of them searches anew', async () => {
  const { page } = visitor;
  await page.keyboard.press('/');
  await page.keyboard.type('Houlsbi');
  await page.waitForSelector('[data-try]', { timeout: 20_000 });
  assert.match((await page.textContent('[data-search-note]')) ?? '', /Nothing found for “Houlsbi”/);
  assert.deepEqual((await audit(page)).violations, []);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await answered(page);
  assert.equal(await page.inputValue(field), 'Houlsby');
  assert.ok(await page.locator('[role=option][href$="/methods/adapter/"]').isVisible());
});

test('an index that cannot be loaded is said so, and typing on tries again', async () => {
  const { page } = visitor;
  await page.route(/\/(pagefind|search)\//, (route) => route.abort());
  await page.keyboard.press('/');
  await page.keyboard.type('CoOp');
  await page.waitForFunction(() => /could not be loaded/.test(document.querySelector('[data-search-note]')?.textContent ?? ''), undefined, { timeout: 20_000 });
  await page.unroute(/\/(pagefind|search)\//);
  await page.keyboard.type('o');
  await page.keyboard.press('Backspace');
  await answered(page);
  assert.ok(await page.locator('[role=option][href$="/methods/coop/"]').isVisible());
  visitor.takeProblems();
});

test('the list stays on the narrowest screen', async (context) => {
  const { page } = visitor;
  await page.setViewportSize({ width: 320, height: 640 });
  await page.keyboard.press('/');
  let seen = 0;
  for (const query of ['visual prompt', 'Neural Network Reprogrammability: A Unified Theme', 'zzqqxx']) {
    await page.fill(field, query);
    await page.waitForFunction((words) => document.querySelector('[data-search-note]')?.textContent?.includes(words) || document.querySelectorAll('[role=option]').length > 0, query, { timeout: 20_000 });
    const { left, right, bottom, over } = await page.evaluate(() => {
      const box = document.querySelector('[data-search-panel]')?.getBoundingClientRect();
      return { left: box?.left ?? -1, right: box?.right ?? 9999, bottom: box?.bottom ?? 9999, over: document.documentElement.scrollWidth - innerWidth };
    });
    assert.ok(left >= 0 && right <= 320 && bottom <= 640 && over <= 0, `${query}: ${left} to ${right}, down to ${bottom}, ${over} px too wide`);
    seen += 1;
  }
  examined(context, seen, 3, 'answers');
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('two searches with their results fetch no more than 220 KB', async (context) => {
  const fresh = await openVisitor(site.browser, site.home);
  const fetched = new Map<string, number>();
  const bodies: Promise<void>[] = [];
  await fresh.visit('/about/');
  fresh.context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() !== 200) return;
    bodies.push(
      response.body().then((body) => {
        const isText = /text|javascript|json/.test(response.headers()['content-type'] ?? '');
        fetched.set(pathname, isText ? gzipSync(body).length : body.length);
      }).catch(() => undefined),
    );
  });
  for (const query of ['soft prompt', 'Bayesian label mapping']) {
    await fresh.page.fill(field, query);
    await fresh.page.waitForFunction((words) => document.querySelectorAll('[role=option]').length >= 5 && /result/.test(document.querySelector('[data-search-foot]')?.textContent ?? '') && document.querySelector<HTMLInputElement>('[data-search] input')?.value === words, query, { timeout: 20_000 });
    await fresh.page.waitForTimeout(500);
  }
  await Promise.all(bodies);
  await fresh.close();
  const total = [...fetched.values()].reduce((sum, bytes) => sum + bytes, 0);
  context.diagnostic(`${(total / 1000).toFixed(0)} KB in ${fetched.size} files`);
  examined(context, fetched.size, 20, 'files');
  assert.ok([...fetched.keys()].some((path) => path.endsWith('.pagefind')), 'the wasm was not seen');
  assert.ok(total <= 220_000, `${total} bytes: ${[...fetched].map(([path, bytes]) => `${path} ${bytes}`).join(', ')}`);
});

test('below another folder of its host the search finds and leads just so', async () => {
  await ensureFixtureBuilt();
  const below = await serveToBrowser(fixtureSite.served, fixtureSite.base);
  const there = await openVisitor(below.browser, below.home);
  await there.visit('/');
  const title = await there.page.locator('main a[href*="/methods/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '').find((href) => /\/methods\/[a-z0-9-]+\/$/.test(href)) ?? '');
  await there.visit(title.replace(fixtureSite.base, '/'));
  const name = (await there.page.textContent('h1'))?.trim() ?? '';
  await there.page.keyboard.press('/');
  await there.page.keyboard.type(name);
  await answered(there.page);
  const links = await there.page.locator('[role=option]').evaluateAll((options) => options.map((option) => option.getAttribute('href') ?? ''));
  assert.ok(links.includes(title), `${name}: ${title} is not among ${links.join(', ')}`);
  assert.ok(links.every((link) => link.startsWith(fixtureSite.base)), links.join(', '));
  assert.deepEqual(there.takeProblems(), []);
  await there.close();
  await below.close();
});

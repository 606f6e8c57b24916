import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../browser/browser.ts';
import { archiveFolder, readArchive } from './archive-files.ts';
import { dist, ensureBuilt } from './built-site.ts';
import { examined } from './examined.ts';

let folder: string;
let browser: Browser;
let context: BrowserContext;
let paths: readonly string[] = [];

before(async () => {
  await ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), 'atlas-offline-'));
  const { files } = readArchive(dist);
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  paths = [...files.keys()].filter((path) => path.endsWith('.html')).map((path) => path.slice(archiveFolder.length));
  browser = await launchBrowser();
  context = await browser.newContext({ offline: true });
});

after(async () => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const addressOf = (path: string): string => pathToFileURL(join(folder, archiveFolder, path)).href;

/** A page from disk, and what it complained of or asked others for. */
async function open(path: string): Promise<{ readonly page: Page; readonly problems: readonly string[] }> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) problems.push(`asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => problems.push(`can't have ${request.url()}`));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  await page.goto(addressOf(path), { waitUntil: 'load' });
  return { page, problems };
}

/** One page for each folder of pages, and each page of the top. */
function onePageEach(): readonly string[] {
  const kinds = new Map<string, string>();
  for (const path of paths) {
    const steps = path.split('/');
    const kind = steps.map((step, i) => (i > 0 && i < steps.length - 1 ? '*' : step)).join('/');
    if (!kinds.has(kind)) kinds.set(kind, path);
  }
  return [...kinds.values()];
}

test('pages open from disk in their look, without an error and without a request', async (t) => {
  const tried = onePageEach();
  for (const path of tried) {
    const { page, problems } = await open(path);
    await page.waitForTimeout(50);
    assert.deepEqual(problems, [], path);
    assert.ok(((await page.textContent('main, body')) ?? '').trim().length > 60, path);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgba(0, 0, 0, 0)', path);
    await page.close();
  }
  examined(t, tried.length, 15, 'pages');
});

test('facets work from disk', async (t) => {
  const { page, problems } = await open('methods/index.html');
  const shown = (): Promise<number> =>
    page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>('table a[href*="methods/"], table a[href^="../"]')].filter((link) => link.checkVisibility()).length);
  const all = await shown();
  await page.locator('input[type=checkbox][name=family]').first().check();
  await page.waitForFunction((count) => [...document.querySelectorAll<HTMLAnchorElement>('table a[href*="methods/"], table a[href^="../"]')].filter((link) => link.checkVisibility()).length < count, all, { timeout: 20_000 });
  const some = await shown();
  examined(t, some, 1, 'rows left by a facet');
  assert.ok(some < all, `${some} of ${all}`);
  assert.deepEqual(problems, []);
  await page.close();
});

test('the search finds a method by its title from disk and leads to it', async () => {
  const { page, problems } = await open('about/index.html');
  await page.keyboard.press('/');
  await page.keyboard.type('VPT-shallow');
  await page.waitForSelector('[role=option]', { timeout: 20_000 });
  await page.locator('[role=option]').first().click();
  await page.waitForURL(/\/methods\/vpt-shallow\/index\.html$/, { timeout: 20_000 });
  assert.deepEqual(problems, []);
  await page.close();
});

test('the search reads summaries from disk', async () => {
  const { page, problems } = await open('index.html');
  await page.keyboard.press('/');
  await page.keyboard.type('frozen vision transformer');
  await page.waitForSelector('[role=option] .found-excerpt', { timeout: 20_000 });
  assert.deepEqual(problems, []);
  await page.close();
});

test('links lead from page to page, and the scheme is switched', async () => {
  const { page, problems } = await open('index.html');
  await page.click('a[href="methods/index.html"]');
  await page.waitForURL(/\/methods\/index\.html$/);
  await page.click('nav a[href="../concepts/index.html"]');
  await page.waitForURL(/\/concepts\/index\.html$/);
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await ground();
  await page.click('[data-theme-switch]');
  assert.notEqual(await ground(), before);
  assert.deepEqual(problems, []);
  await page.close();
});

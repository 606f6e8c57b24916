import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { serveFolder } from '../../scripts/static-server.ts';
import type { StaticServer } from '../../scripts/static-server.ts';
import { launchBrowser } from '../browser/browser.ts';
import { builtPages, dist, ensureBuilt } from './built-site.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let server: StaticServer;
let browser: Browser;
let templates: readonly string[] = [];

before(async () => {
  await ensureBuilt();
  server = await serveFolder(dist, 0);
  browser = await launchBrowser();
  const addresses = builtPages().map(({ address }) => address);
  const table = addresses.find((address) => /^\/results\/[^/]+\/$/.test(address));
  const cell = addresses.find((address) => /^\/results\/[^/]+\/[^/]+\/$/.test(address));
  templates = [
    '/', '/methods/', '/methods/ilm-vp/', '/methods/linear-probe/', '/results/', ...(table ? [table] : []), ...(cell ? [cell] : []),
    '/models/', '/models/doodlenet/', '/tasks/', '/tasks/mnist/', '/concepts/', '/concepts/framework/', '/concepts/alignment/', '/about/', '/404.html',
  ];
});

after(async () => {
  await browser?.close();
  await server?.close();
});

interface Opened {
  readonly page: Page;
  /** Requests to other hosts, and errors that the page reported. */
  readonly problems: readonly string[];
}

async function open(address: string, options: { width?: number; scripts?: boolean } = {}): Promise<Opened> {
  const page = await browser.newPage({
    colorScheme: 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
    javaScriptEnabled: options.scripts ?? true,
  });
  const problems: string[] = [];
  const home = new URL(server.address).origin;
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(home)) problems.push(`asks for ${request.url()}`);
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) problems.push(message.text());
  });
  await page.goto(new URL(address, server.address).href, { waitUntil: 'load' });
  return { page, problems };
}

/** What axe has against a page as it stands. */
async function complaints(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: { run(where: unknown, how: unknown): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[]; passes: unknown[] }> };
    };
    const { violations, passes } = await axe.run(globalThis.document, { runOnly });
    if (passes.length < 10) return [`only ${passes.length} rules were examined`];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`);
  }, standards);
}

test('every template is accessible, in light and dark, and asks nobody else for anything', async () => {
  const found: string[] = [];
  for (const address of templates) {
    const { page, problems } = await open(address);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await complaints(page)).map((problem) => `${address} ${colorScheme}: ${problem}`));
    }
    found.push(...problems.map((problem) => `${address}: ${problem}`));
    await page.close();
  }
  assert.ok(templates.length >= 16, `${templates.length} templates; a table and a cell must be among them`);
  assert.deepEqual(found, []);
});

test('no page is wider than a phone, and each can be read without scripts', async () => {
  for (const address of templates) {
    const { page } = await open(address, { width: 390, scripts: false });
    const main = (await page.textContent('main')) ?? '';
    assert.ok(main.trim().length > 60, address);
    await page.close();
    const { page: scripted } = await open(address, { width: 390 });
    const over = await scripted.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${address} is ${over} pixels too wide`);
    await scripted.close();
  }
  assert.ok(templates.length >= 16, `${templates.length} templates`);
});

test('search opens by its key, finds, is accessible with its results, and leads on by the keyboard', async () => {
  const { page, problems } = await open('/about/');
  await page.keyboard.press('/');
  await page.keyboard.type('Bayesian label mapping');
  await page.waitForSelector('[role=option]', { timeout: 20_000 });
  assert.deepEqual(await complaints(page), []);
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForURL(/\/methods\//), page.keyboard.press('Enter')]);
  assert.match(page.url(), /\/methods\/blm(-plus)?\/$/);
  assert.deepEqual(problems, []);
  await page.close();
});

test('the scheme is switched by its button and kept on the next page', async () => {
  const { page } = await open('/about/');
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.click('[data-theme-switch]');
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.goto(new URL('/concepts/', server.address).href);
  assert.equal(await ground(), dark);
  await page.close();
});

test('a table is sorted by its headings, both ways, and back', async () => {
  const table = templates.find((address) => /^\/results\/[^/]+\/$/.test(address));
  assert.ok(table, 'there is no table');
  const { page } = await open(table);
  const values = (): Promise<(number | null)[]> =>
    page.$$eval('table[data-table] tbody tr', (rows) => rows.map((row) => {
      const value = row.querySelector<HTMLElement>('td[data-column]')?.dataset['value'];
      return value === undefined ? null : Number(value);
    }));
  const original = await values();
  const heading = page.locator('th[data-sort="2"]');
  await heading.locator('button').click();
  const numbers = (await values()).filter((value) => value !== null);
  assert.ok(numbers.length > 3, `${numbers.length} rows`);
  assert.deepEqual(numbers, numbers.toSorted((a, b) => b - a));
  assert.equal(await heading.getAttribute('aria-sort'), 'descending');
  assert.deepEqual(await complaints(page), []);
  await heading.locator('button').click();
  assert.deepEqual((await values()).filter((value) => value !== null), numbers.toSorted((a, b) => a - b));
  await heading.locator('button').click();
  assert.deepEqual(await values(), original);
  await page.close();
});

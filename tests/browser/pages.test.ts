import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { serveFolder, type StaticServer } from '../../scripts/static-server.ts';
import { launchBrowser } from './browser.ts';
import { pageKinds } from './page-kinds.ts';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kinds = pageKinds(dist);

let server: StaticServer;
let browser: Browser;

before(async () => {
  server = await serveFolder(dist, 0);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const at = (address: string): string => new URL(address, server.address).href;

/** The first and the last page of a kind: templates break at the ends of a list. */
const examples = (addresses: readonly string[]): string[] => [...new Set([addresses.at(0), addresses.at(-1)])].flatMap((one) => one ?? []);

interface Visit {
  readonly page: Page;
  /** Requests to any other host. */
  readonly foreign: readonly string[];
  /** Errors of scripts, of the console, and files that weren't there. */
  readonly errors: readonly string[];
}

/** Opens a page in a context of its own, does something there, and closes it. */
async function visit(address: string, options: BrowserContextOptions, act: (visited: Visit) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  try {
    const page = await context.newPage();
    const foreign: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(server.address)) foreign.push(request.url());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
    });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(at(address));
    await act({ page, foreign, errors });
  } finally {
    await context.close();
  }
}

interface AxeViolation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe);
  const found = await page.evaluate<readonly AxeViolation[]>('axe.run().then((results) => results.violations)');
  return found.map(({ id, help, nodes }) =>
    [`${id}: ${help}`, ...nodes.slice(0, 3).map(({ html, failureSummary }) => `  ${html.slice(0, 160)}\n  ${failureSummary}`)].join('\n'),
  );
}

test('the site has pages of every kind', () => {
  const names = kinds.map(({ name }) => name);
  for (const name of ['home', 'methods', 'methods/*', 'results', 'results/*', 'results/*/*']) assert.ok(names.includes(name), name);
});

for (const { name, addresses } of kinds) {
  test(`${name}: accessible in light and dark, without errors, asking nobody else`, async () => {
    for (const address of examples(addresses)) {
      await visit(address, { colorScheme: 'light' }, async ({ page, foreign, errors }) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const found = await violations(page);
          assert.equal(found.length, 0, `${address}, ${colorScheme}\n${found.join('\n')}`);
        }
        assert.deepEqual(foreign, [], address);
        assert.deepEqual(errors, [], address);
      });
    }
  });

  test(`${name}: readable without scripts, and fits a narrow screen`, async () => {
    for (const address of examples(addresses)) {
      await visit(address, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }, async ({ page, errors }) => {
        assert.deepEqual(errors, [], address);
        assert.equal(await page.locator('h1').isVisible(), true, address);
        assert.ok((await page.locator('main').innerText()).length > 40, `${address} says nothing`);
        assert.ok((await page.locator('nav a').count()) > 3, `${address} leads nowhere`);
        const box = await page.locator('html').boundingBox();
        assert.ok(box !== null && box.width <= 360, `${address} is ${box?.width} wide on a screen of 360`);
      });
    }
  });
}

test('search finds a method by its name, and the keyboard leads to its page', async () => {
  await visit('/', {}, async ({ page, foreign, errors }) => {
    await page.keyboard.press('/');
    await page.keyboard.type('VPT-shallow');
    const first = page.locator('[role="option"]').first();
    await first.waitFor({ state: 'visible', timeout: 10_000 });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/methods\/vpt-shallow\//, { timeout: 10_000 });
    assert.deepEqual([foreign, errors], [[], []]);
  });
});

test('search says so when it finds nothing', async () => {
  await visit('/', {}, async ({ page }) => {
    await page.locator('[data-search] input').fill('zzzyxw');
    const list = page.locator('#found');
    await list.waitFor({ state: 'visible', timeout: 10_000 });
    assert.match(await list.innerText(), /nothing found/i);
  });
});

test('the switch changes the scheme, and the choice is kept on the next page', async () => {
  await visit('/', { colorScheme: 'light' }, async ({ page }) => {
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.locator('[data-theme-switch]').click();
    const dark = await background();
    assert.notEqual(dark, light);
    await page.goto(at('/methods/'));
    assert.equal(await background(), dark);
  });
});

test("text is set in the site's own font", async () => {
  await visit('/', {}, async ({ page }) => {
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family);
    });
    assert.ok(loaded.length > 0);
  });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { dist, ensureBuilt } from './built-site.ts';
import { serveToBrowser } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

let site: ServedSite;
before(async () => {
  await ensureBuilt();
  site = await serveToBrowser(dist);
});
after(async () => site?.close());

/** What a page's policy stopped: the directive and what it was applied to. */
async function openWatched(address: string): Promise<{ readonly page: Page; stopped(): Promise<readonly string[]> }> {
  const page = await site.browser.newPage();
  await page.addInitScript(() => {
    const stopped: string[] = [];
    Object.assign(globalThis, { stopped });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => stopped.push(`${effectiveDirective} ${blockedURI}`));
  });
  await page.goto(new URL(address, site.home).href, { waitUntil: 'load' });
  return { page, stopped: () => page.evaluate(() => (globalThis as unknown as { stopped: string[] }).stopped) };
}

test('the search runs under the policy: its WebAssembly is compiled in a worker, not in the page', async () => {
  const { page, stopped } = await openWatched('about/');
  const worker = page.waitForEvent('worker', { timeout: 20_000 });
  await page.keyboard.press('/');
  await page.keyboard.type('frozen vision transformer');
  assert.match((await worker).url(), /pagefind-worker\.js$/);
  await page.waitForSelector('[role=option] .found-excerpt', { timeout: 20_000 });
  assert.deepEqual(await stopped(), []);
  await page.close();
});

test('a link so slow that the worker comes late still gets the search', async () => {
  const { page, stopped } = await openWatched('about/');
  await page.context().route('**/pagefind-worker.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 6500));
    await route.continue();
  });
  await page.keyboard.press('/');
  await page.keyboard.type('frozen vision transformer');
  await page.waitForSelector('[role=option] .found-excerpt', { timeout: 30_000 });
  assert.deepEqual(await stopped(), []);
  await page.close();
});

test('the policy holds: inline scripts, handlers, styles, eval, WebAssembly, other hosts and forms to them are stopped', async () => {
  const { page, stopped } = await openWatched('about/');
  const ran = await page.evaluate(async () => {
    const did: string[] = [];
    Object.assign(globalThis, { did });
    const script = document.createElement('script');
    script.textContent = 'did.push("inline script")';
    document.body.append(script);
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="/nothing.png" onerror="did.push(\'handler\')"><p style="color: rgb(1, 2, 3)">x</p>';
    document.body.append(holder);
    // What is given to a timer is compiled by the page itself, unlike what a debugger evaluates.
    (setTimeout as unknown as (code: string) => void)('did.push("eval")');
    try {
      await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
      did.push('WebAssembly');
    } catch {
      // As it should be.
    }
    await fetch('https://evil.example/').then(() => did.push('fetch'), () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const paragraph = holder.querySelector('p');
    if (paragraph && getComputedStyle(paragraph).color === 'rgb(1, 2, 3)') did.push('inline style');
    return did;
  });
  assert.deepEqual(ran, []);
  const directives = new Set((await stopped()).map((line) => line.split(' ')[0]));
  for (const directive of ['script-src-elem', 'script-src-attr', 'style-src-attr', 'connect-src', 'script-src']) assert.ok(directives.has(directive), `${directive} is not among ${[...directives].join(', ')}`);
  await page.close();
});

test('the scheme that a reader chose is there before the page is drawn', async () => {
  const page = await site.browser.newPage({ colorScheme: 'light' });
  await page.addInitScript(() => localStorage.setItem('theme', 'dark'));
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(new URL('about/', site.home).href, { waitUntil: 'load' });
  assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), 'dark');
  await page.close();
});

test('an address without a page offers to search for its words', async () => {
  const { page, stopped } = await openWatched('methods/visual_prompt-tuning.html');
  const offer = page.locator('[data-search-instead] button');
  assert.match((await offer.textContent()) ?? '', /visual prompt tuning/);
  await offer.click();
  await page.waitForSelector('[role=option]', { timeout: 20_000 });
  assert.deepEqual(await stopped(), []);
  await page.close();
});

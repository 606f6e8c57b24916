import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { audit } from '../browser/axe.ts';
import { openVisitor, type Visitor } from '../browser/visitor.ts';
import { dist, ensureBuilt, pageAddresses } from './built-site.ts';
import { catalogueAddresses } from './catalogue-addresses.ts';
import { examined } from './examined.ts';
import { samplePages } from './sample-pages.ts';
import { serveToBrowser, type ServedSite } from './served-site.ts';
import { templates } from './templates.ts';

/** CSS pixels: the narrowest screen that WCAG 2.2 asks for (1.4.10), and a phone. */
const narrow = [320, 390] as const;
/** Rules that a page of ours has something for, at the very least. */
const fewestRules = 15;

let site: ServedSite;
let visitor: Visitor;

before(async () => {
  await ensureBuilt();
  site = await serveToBrowser(dist, siteConfig.base);
  visitor = await openVisitor(site.browser, site.home);
});

after(async () => {
  await visitor?.close();
  await site?.close();
});

/** Faults of the page as it stands, in light and in dark, with what it asked for on the way. */
async function faultsNow(label: string): Promise<readonly string[]> {
  const { page } = visitor;
  const light = await audit(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await audit(page, process.env['ATLAS_FULL'] === '1' ? 'all' : 'colours');
  await page.emulateMedia({ colorScheme: 'light' });
  if (light.rules < fewestRules || dark.rules === 0) return [`${label}: axe applied only ${light.rules} and ${dark.rules} rules`];
  return [
    ...light.violations.map((fault) => `${label}: ${fault}`),
    ...dark.violations.map((fault) => `${label}, dark: ${fault}`),
    ...visitor.takeProblems().map((problem) => `${label}: ${problem}`),
  ];
}

/** What is wrong with a page on narrow screens: by how much it is wider than they are, and because of what; targets that are too small for a finger. */
async function faultsWhenNarrow(label: string): Promise<readonly string[]> {
  const { page } = visitor;
  const found: string[] = [];
  for (const width of narrow) {
    await page.setViewportSize({ width, height: 844 });
    const [over, culprit] = await page.evaluate((view) => {
      const wide = document.documentElement.scrollWidth - view;
      const scrolls = (element: Element | null): boolean => element !== null && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
      const cause = wide <= 0 ? undefined : [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > view + 0.5 && !scrolls(element.parentElement)).at(-1);
      return [wide, cause ? `${cause.tagName.toLowerCase()}.${cause.getAttribute('class') ?? ''} "${cause.textContent?.trim().slice(0, 40) ?? ''}"` : 'nothing that can be named'];
    }, width);
    if (over > 0) found.push(`${label} at ${width} px: ${over} px too wide, because of ${culprit}`);
  }
  found.push(...(await audit(page, 'widths')).violations.map((fault) => `${label} at ${narrow.at(-1)} px: ${fault}`));
  await page.setViewportSize({ width: 1280, height: 900 });
  return found;
}

test('every template and a sample of entries: accessible in light and dark, no wider than a phone, no breach of the policy, nobody else asked', async (context) => {
  const addresses = samplePages(pageAddresses(), dist, 30);
  const faults: string[] = [];
  for (const address of addresses) {
    await visitor.visit(address);
    faults.push(...(await faultsNow(address)), ...(await faultsWhenNarrow(address)));
  }
  examined(context, addresses.length, templates.length + 25, `pages, ${visitor.requests()} requests`);
  assert.deepEqual(faults, []);
});

test('twenty states of the catalogue, by their addresses: accessible, and nobody else asked', async (context) => {
  const addresses = catalogueAddresses(20);
  const faults: string[] = [];
  for (const address of addresses) {
    await visitor.visit(address);
    await visitor.page.waitForLoadState('networkidle');
    faults.push(...(await faultsNow(address)));
  }
  examined(context, addresses.length, 20, 'states');
  assert.deepEqual(faults, []);
});

test('after a search, a filter and a sort the page is as accessible as before', async (context) => {
  const { page } = visitor;
  const faults: string[] = [];
  await visitor.visit('/about/');
  await page.keyboard.press('/');
  await page.keyboard.type('visual prompt');
  await page.waitForSelector('[data-search-list][aria-busy=false] [role=option]', { timeout: 20_000 });
  faults.push(...(await faultsNow('search')));
  await page.keyboard.press('Escape');

  await visitor.visit('/methods/');
  const before = await page.locator('[data-catalogue] [data-count]').textContent();
  await page.locator('[data-catalogue] [data-facet] input[type=checkbox]').first().check();
  await page.waitForFunction((text) => document.querySelector('[data-catalogue] [data-count]')?.textContent !== text, before);
  faults.push(...(await faultsNow('filter')));
  await page.locator('[data-catalogue] thead button').first().click();
  await page.waitForFunction(() => document.querySelector('th[aria-sort]') !== null);
  faults.push(...(await faultsNow('sort')));
  examined(context, 3, 3, 'interactions');
  assert.deepEqual(faults, []);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { audit } from '../browser/axe.ts';
import { openVisitor, type Visitor } from '../browser/visitor.ts';
import { dist, ensureBuilt } from './built-site.ts';
import { serveToBrowser, type ServedSite } from './served-site.ts';

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

async function show(query: string): Promise<void> {
  await visitor.visit(`/compare/${query}`);
  await visitor.page.waitForFunction(() => document.querySelector('[data-picker]:not([hidden])') && (!location.search || document.querySelector('[data-chosen] li, [data-problems] li')));
}

const texts = (selector: string): Promise<readonly string[]> =>
  visitor.page.$$eval(selector, (found) => found.map((element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim()));
const query = (): string => new URL(visitor.page.url()).search;

test('two entries stand side by side with the slots that differ marked, and numbers that both have', async () => {
  await show('?pick=ilm-vp,fullymap-vp');
  assert.deepEqual(await texts('.formulas dt a'), ['ILM-VP', 'FullyMap-VP']);
  assert.deepEqual(await texts('.formulas math .differs'), ['statistical', 'linear']);
  assert.deepEqual(await texts('.side-by-side .differs th'), ['ω alignment differs']);
  assert.ok((await texts('[data-shown] .numbers td a')).length >= 10, 'numbers in common');
  const numbers = await visitor.page.$$eval('[data-shown] .numbers td a', (links) => links.map((link) => [link.getAttribute('href') ?? '', link.textContent ?? ''] as const));
  await visitor.visit('/methods/ilm-vp/');
  const own = await visitor.page.$$eval('td[data-cell] a', (links) => links.map((link) => [link.getAttribute('href') ?? '', link.textContent ?? ''] as const));
  const shared = numbers.filter(([address]) => own.some(([other]) => other === address));
  assert.ok(shared.length >= 5, `${shared.length} numbers`);
  for (const [address, text] of shared) assert.ok(own.some(([other, shown]) => other === address && shown.startsWith(text)), `${address}: ${text}`);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('one entry asks for another; what is unknown, malformed or too much is said; no entry at all is no mistake', async () => {
  await show('?pick=vp');
  assert.match((await texts('[data-shown] .note')).join(), /Add a second entry/);
  assert.deepEqual(await texts('[data-problems] li'), []);
  await show('?pick=vp,nobody,UPPER,coop,cot,lora,react&sort=name');
  const problems = (await texts('[data-problems] li')).join('\n');
  for (const part of ['“sort”', '“UPPER”', 'left out: lora, react', 'No entry has the id “nobody”']) assert.ok(problems.includes(part), problems);
  assert.deepEqual(await texts('.formulas dt a'), ['VP', 'CoOp', 'Chain-of-Thought prompting']);
  await show('');
  assert.deepEqual(await texts('[data-problems] li, .formulas, [data-chosen] li'), []);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('entries are added and removed by the keyboard, and back and forward lead through what was picked', async () => {
  await show('?pick=vp');
  const { page } = visitor;
  await page.focus('#pick');
  await page.keyboard.type('vpt sh');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('Escape');
  assert.equal(await page.isVisible('[role=listbox]'), false);
  await page.keyboard.type('-d');
  await page.waitForFunction(() => document.querySelector('[role=option]')?.textContent === 'VPT-deep');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getAttribute('[role=option]', 'aria-selected'), 'true');
  assert.deepEqual((await audit(page)).violations, []);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.formulas dt').length === 2);
  assert.equal(query(), '?pick=vp,vpt-deep');
  assert.match((await texts('[data-status]')).join(), /VPT-deep added/);
  await page.click('[data-chosen] li:first-child button');
  await page.waitForFunction(() => document.querySelectorAll('.formulas dt').length === 1);
  assert.equal(query(), '?pick=vpt-deep');
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('.formulas dt').length === 2);
  assert.equal(query(), '?pick=vp,vpt-deep');
  await page.goForward();
  await page.waitForFunction(() => document.querySelectorAll('.formulas dt').length === 1);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('four entries are accessible in both schemes and no wider than a narrow screen', async () => {
  await show('?pick=ilm-vp,linear-probe,maple,react');
  const { page } = visitor;
  await page.waitForFunction(() => document.querySelectorAll('.formulas dt').length === 4);
  assert.equal(await page.isDisabled('#pick'), true);
  const { violations, rules } = await audit(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await audit(page, 'colours');
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual([...violations, ...dark.violations], []);
  assert.ok(rules >= 15 && dark.rules > 0, `${rules} and ${dark.rules} rules`);
  await page.setViewportSize({ width: 320, height: 800 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.ok(over <= 0, `${over} pixels too wide`);
  assert.deepEqual(visitor.takeProblems(), []);
});

test('without a script the page says what to do instead', async () => {
  const context = await site.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site.home}compare/?pick=vp,coop`);
  assert.match((await page.textContent('noscript')) ?? '', /takes a script/);
  assert.equal(await page.isVisible('[data-picker]'), false);
  assert.ok((await page.$$('noscript a')).length >= 1);
  await context.close();
});

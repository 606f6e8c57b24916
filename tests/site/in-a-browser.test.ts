import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { openVisitor, type Visitor } from '../browser/visitor.ts';
import { inkIn, takePicture } from '../browser/picture.ts';
import { dist, ensureBuilt, pageAddresses } from './built-site.ts';
import { examined } from './examined.ts';
import { samplePages } from './sample-pages.ts';
import { serveToBrowser, type ServedSite } from './served-site.ts';
import { largestPages, templateOfPage } from './templates.ts';
import { walkByKeyboard } from './walk-by-keyboard.ts';

/** Presses of the Tab key after which a long page is left, unless everything is tested. */
const mostTabs = process.env['ATLAS_FULL'] === '1' ? 5000 : 150;

/** Pages made to stand inside others: a table without the frame of the site. */
const isBare = (address: string): boolean => templateOfPage(address) === 'results/[table]/embed/index';

let site: ServedSite;
let visitor: Visitor;
let pages: readonly string[] = [];

before(async () => {
  await ensureBuilt();
  site = await serveToBrowser(dist, siteConfig.base);
  visitor = await openVisitor(site.browser, site.home);
  pages = samplePages(pageAddresses(), dist, 0);
});

after(async () => {
  await visitor?.close();
  await site?.close();
});

test('by the keyboard alone: every page lets the focus in, shows it, and lets it out', async (context) => {
  const faults: string[] = [];
  let steps = 0;
  for (const address of pages) {
    await visitor.visit(address);
    const walk = await walkByKeyboard(visitor.page, mostTabs);
    steps += walk.places;
    faults.push(...walk.faults.map((fault) => `${address}: ${fault}`));
    const missed = walk.wanted.filter((landmark) => !walk.reached.has(landmark));
    // The text of a page may lie behind more facets than there are presses.
    const excused = walk.isWhole ? [] : ['the text'];
    faults.push(...missed.filter((landmark) => !excused.includes(landmark)).map((landmark) => `${address}: the Tab key never reaches ${landmark}`));
    if (isBare(address)) continue;
    for (const always of ['the skip link', 'the sections', 'the search']) if (!walk.wanted.includes(always)) faults.push(`${address} has no ${always.slice(4)}`);
  }
  examined(context, steps, pages.length * 10, `steps on ${pages.length} pages`);
  assert.deepEqual(faults, []);
});

test('the skip link leads past the masthead into the page', async () => {
  const { page } = visitor;
  await visitor.visit('/about/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement?.closest('main') !== null), 'the next link is not in the page');
});

test('without scripts every page says the same in its main part, and shows no control that needs one', async (context) => {
  const still = await openVisitor(site.browser, site.home, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const faults: string[] = [];
  for (const address of pages) {
    await still.visit(address);
    const text = (await still.page.locator('main').innerText()).trim();
    if (text.length < 60) faults.push(`${address}: only "${text}" can be read`);
    // A form with an address works without a script, and the switch of a table is answered by the style sheet.
    const idle = await still.page.locator('button:visible, [role=combobox]:visible, input:visible:not(form[action] input, [data-separable]), select:visible:not(form[action] select)').count();
    if (idle > 0) faults.push(`${address}: ${idle} visible controls do nothing without a script`);
  }
  await still.close();
  examined(context, pages.length, 20, 'pages');
  assert.deepEqual(faults, []);
});

test('nothing moves where the reader asks for less motion', async (context) => {
  const faults: string[] = [];
  let elements = 0;
  for (const address of pages) {
    await visitor.visit(address);
    const { count, moving } = await visitor.page.evaluate(() => {
      const seconds = (text: string): number => Math.max(...text.split(',').map((each) => parseFloat(each) * (each.trim().endsWith('ms') ? 0.001 : 1)));
      const all = [...document.querySelectorAll('*')];
      const named = all.filter((element) => {
        const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element);
        return seconds(transitionDuration) > 0.01 || (animationName !== 'none' && seconds(animationDuration) > 0.01) || scrollBehavior === 'smooth';
      });
      return { count: all.length, moving: named.slice(0, 3).map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`) };
    });
    elements += count;
    faults.push(...moving.map((name) => `${address}: ${name} moves`));
  }
  examined(context, elements, 5000, 'elements');
  assert.deepEqual(faults, []);
});

test('in forced colours words and sigils are still drawn, and controls have an outline or words', async (context) => {
  const forced = await openVisitor(site.browser, site.home, { forcedColors: 'active' });
  const faults: string[] = [];
  const templates = [...largestPages(pageAddresses(), dist).values()].flatMap((address) => address ?? []);
  let sigils = 0;
  for (const address of templates) {
    await forced.visit(address);
    const picture = await takePicture(forced.page);
    const { boxes, bare } = await forced.page.evaluate(() => {
      const inView = [...document.querySelectorAll('main svg.sigil, main .sigil svg')].filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect())
        .filter((box) => box.width > 4 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth);
      const controls = [...document.querySelectorAll('button, input, select, summary')].filter((each) => each.checkVisibility());
      const unseen = controls.filter((each) => {
        const { borderStyle, appearance } = getComputedStyle(each);
        return (each.textContent ?? '').trim() === '' && borderStyle === 'none' && appearance === 'none' && each.querySelector('svg') === null;
      });
      // With some of what is around it, for a sign may fill its place.
      return { boxes: inView.slice(0, 3).map(({ x, y, width, height }) => ({ what: 'sigil', x: x - 3, y: y - 3, width: width + 6, height: height + 6 })), bare: unseen.length };
    });
    sigils += boxes.length;
    if (boxes.some((box) => inkIn(picture, box) < 0.03)) faults.push(`${address}: a sigil is not to be seen`);
    if (bare > 0) faults.push(`${address}: ${bare} controls without words or outline`);
  }
  await forced.close();
  examined(context, sigils, 5, `sigils on ${templates.length} pages`);
  assert.deepEqual(faults, []);
});

test('the scheme is switched by its button and kept on the next page', async () => {
  const { page } = visitor;
  await visitor.visit('/about/');
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.click('[data-theme-switch]');
  const dark = await ground();
  assert.notEqual(dark, light);
  await visitor.visit('/concepts/');
  assert.equal(await ground(), dark);
  await page.evaluate(() => localStorage.clear());
});

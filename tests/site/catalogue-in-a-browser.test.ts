import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { readBibliography } from '../../src/knowledge/index.ts';
import { siteConfig } from '../../src/site/data/site-config.ts';
import { audit } from '../browser/axe.ts';
import { openVisitor, type Visitor } from '../browser/visitor.ts';
import { dist, ensureBuilt } from './built-site.ts';
import { catalogueAddresses } from './catalogue-addresses.ts';
import { examined } from './examined.ts';
import { plainCatalogue, plainlyFiltered } from './plain-catalogue.ts';
import type { PlainEntry } from './plain-catalogue.ts';
import { serveToBrowser, type ServedSite } from './served-site.ts';

let site: ServedSite;
let visitor: Visitor;
let all: readonly PlainEntry[] = [];

before(async () => {
  await ensureBuilt();
  all = plainCatalogue();
  site = await serveToBrowser(dist, siteConfig.base);
  visitor = await openVisitor(site.browser, site.home);
});

after(async () => {
  await visitor?.close();
  await site?.close();
});

beforeEach(() => {
  visitor.takeProblems();
});

/** Waits until everything that a state needs has come and is drawn. */
async function settle(): Promise<void> {
  const { page } = visitor;
  await page.waitForFunction(() => document.querySelector('[data-catalogue][data-busy]') === null);
  let before = -1;
  for (let count = 0; count !== before; ) {
    before = count;
    await page.waitForTimeout(60);
    count = await page.locator('tbody[data-id]').count();
  }
}

/** Goes to a state by its address and waits until it is shown. */
async function visit(address: string): Promise<void> {
  await visitor.visit(address);
  await visitor.page.waitForLoadState('networkidle');
  await settle();
}

const shown = (): Promise<readonly string[]> =>
  visitor.page.$$eval('table:not([hidden]) tbody[data-id]', (rows) => rows.map((row) => row.getAttribute('data-id') ?? ''));
const heading = (): Promise<string> => visitor.page.locator('[data-count]').innerText();
const query = (): string => new URL(visitor.page.url()).search;
const idsOf = (entries: readonly PlainEntry[]): readonly string[] => entries.map(({ entry }) => entry.id);
const box = (facet: string, value: string) => visitor.page.locator(`[data-facet="${facet}"] input[value="${value}"]`);

/** Entries that have all words in what the catalogue looks through at once. */
function withWords(entries: readonly PlainEntry[], words: string): readonly string[] {
  const wanted = words.toLowerCase().split(' ');
  return idsOf(
    entries.filter(({ entry: { name, aliases = [], authors, title, summary } }) => {
      const text = [name, ...aliases, ...authors, title, summary].join('\n').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
      return wanted.every((word) => text.includes(word));
    }),
  );
}

const keys: Readonly<Record<string, (entry: PlainEntry) => string | number>> = {
  name: ({ entry }) => entry.name,
  family: ({ entry }) => ['MR', 'PT', 'PI', 'PCA'].indexOf(entry.family),
  year: ({ entry }) => entry.year,
  venue: ({ entry }) => entry.venue,
  here: ({ values }) => ['measured', 'implemented', 'described'].indexOf(values['here']?.[0] ?? ''),
  code: ({ values }) => ['yes', 'no'].indexOf(values['code']?.[0] ?? ''),
};

test('twenty states by their addresses show what a plain filter over the content gives, in the order that is asked for', async (context) => {
  const addresses = catalogueAddresses(20);
  let rows = 0;
  for (const address of addresses) {
    await visit(address);
    const asked = new URL(address, site.home).searchParams;
    const facetted = plainlyFiltered(all, asked.toString());
    const ids = await shown();
    const words = asked.get('q');
    if (words === null) {
      assert.deepEqual(new Set(ids), new Set(idsOf(facetted)), address);
    } else {
      assert.ok(ids.every((id) => idsOf(facetted).includes(id)), address);
      for (const id of withWords(facetted, words)) assert.ok(ids.includes(id), `${address} lacks ${id}`);
    }
    const found = await heading();
    assert.match(found, ids.length === all.length ? /^All / : new RegExp(`^${ids.length} of ${all.length} `), address);
    const key = keys[asked.get('sort')?.replace('-', '') ?? ''];
    if (key) {
      const own = ids.map((id) => all.find(({ entry }) => entry.id === id)).flatMap((entry) => (entry ? [key(entry)] : []));
      const compare = (a: string | number, b: string | number): number =>
        typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
      assert.deepEqual(own, asked.get('sort')?.startsWith('-') ? own.toSorted((a, b) => compare(b, a)) : own.toSorted(compare), address);
    } else if (words === null && !asked.has('sort')) {
      assert.deepEqual(ids, idsOf(facetted), address);
    }
    assert.equal(query(), new URL(address, site.home).search, 'the address stays as it was given');
    rows += ids.length;
  }
  assert.deepEqual(visitor.takeProblems(), []);
  examined(context, addresses.length, 20, `states, ${rows} rows`);
});

test('ticking facets narrows, changes the address and the counts, and can be taken back step by step', async (context) => {
  const { page } = visitor;
  await visit('/methods/');
  const steps: string[] = [''];
  const tick = async (facet: string, value: string): Promise<void> => {
    await box(facet, value).check();
    await page.waitForFunction((before) => location.search !== before, steps.at(-1) ?? '');
    await settle();
    steps.push(query());
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('value')), value, 'the focus stays');
  };
  await tick('operator', 'additive');
  await tick('operator', 'concatenative');
  const either = (await shown()).length;
  await page.getByLabel('operator: any, all or none').selectOption('all');
  await page.waitForFunction(() => location.search.includes('mode=all'));
  await settle();
  steps.push(query());
  await tick('location', 'hidden');
  const ids = await shown();
  assert.ok(ids.length > 0 && ids.length < either, `${ids.length} of ${either}`);
  assert.deepEqual(ids, idsOf(plainlyFiltered(all, query())));
  let counts = 0;
  for (const item of await page.$$('[data-facet]:not([data-facet="operator"], [data-facet="location"]) li[data-value]')) {
    const [facet, value, count] = await item.evaluate((each) => [
      each.closest('fieldset')?.dataset['facet'],
      each.dataset['value'],
      each.querySelector('.count')?.textContent,
    ]);
    assert.equal(Number(count), plainlyFiltered(all, `${query()}&${facet}=${value}`).length, `${facet} ${value}`);
    counts += 1;
  }
  for (const wanted of steps.slice(0, -1).toReversed()) {
    await page.goBack();
    await settle();
    assert.equal(query(), wanted);
    assert.deepEqual(await shown(), idsOf(plainlyFiltered(all, wanted)), `back to ${wanted}`);
    assert.equal(await page.locator('[data-facet] input:checked').count(), (wanted.match(/additive|concatenative|hidden/g) ?? []).length);
  }
  for (const wanted of steps.slice(1)) {
    await page.goForward();
    await settle();
    assert.equal(query(), wanted);
    assert.deepEqual(await shown(), idsOf(plainlyFiltered(all, wanted)), `on to ${wanted}`);
  }
  assert.deepEqual(visitor.takeProblems(), []);
  examined(context, counts, 30, `counts after ${steps.length} steps`);
});

test('typing words narrows at once, adds no step, and finds authors and other names as well', async () => {
  const { page } = visitor;
  await visit('/methods/');
  await page.locator('#words').focus();
  const length = await page.evaluate(() => history.length);
  await page.keyboard.type('coop');
  await page.waitForFunction(() => location.search === '?q=coop');
  await settle();
  assert.equal((await shown())[0], 'coop');
  assert.equal(await page.evaluate(() => history.length), length);
  await page.locator('#words').fill('kaiyang zhou');
  await page.waitForFunction(() => location.search === '?q=kaiyang+zhou');
  await settle();
  const ids = await shown();
  for (const id of withWords(all, 'kaiyang zhou')) assert.ok(ids.includes(id), id);
  assert.match(await page.locator('[data-order]').innerText(), /Best match/);
  await page.reload({ waitUntil: 'networkidle' });
  await settle();
  assert.deepEqual(await shown(), ids);
  assert.equal(await page.locator('#words').inputValue(), 'kaiyang zhou');
  assert.deepEqual(visitor.takeProblems(), []);
});

test('where nothing is found the page says what to let go and what that gives', async () => {
  const { page } = visitor;
  await visit('/methods/?family=pca&configuration=fixed');
  assert.deepEqual(await shown(), []);
  assert.match(await heading(), /^0 of /);
  assert.deepEqual((await audit(page)).violations, []);
  const ways = page.locator('[data-none] li');
  const [first = ''] = await ways.allInnerTexts();
  const gives = Number(/(\d+) methods?$/.exec(first)?.[1]);
  assert.ok(gives > 0, first);
  await ways.first().locator('button').click();
  await settle();
  assert.equal((await shown()).length, gives);
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY', 'the focus has a place');
});

test('what an address says beyond the page is named', async () => {
  await visit('/methods/?colour=red&location=hidden,nowhere&pick=coop,no-such-method');
  const note = await visitor.page.locator('[data-unknown]').innerText();
  for (const part of ['colour=red', 'location=nowhere', 'pick=no-such-method']) assert.ok(note.includes(part), note);
  assert.deepEqual(await shown(), idsOf(plainlyFiltered(all, 'location=hidden')));
  assert.match(await visitor.page.locator('[data-picks]').innerText(), /1 picked/);
});

test('picks live in the address, survive reload and filters, and lead to the comparison', async () => {
  const { page } = visitor;
  await visit('/methods/');
  const [first, second, third] = idsOf(all);
  for (const id of [first, third]) await page.locator(`tbody[data-id="${id}"] .pick input`).check();
  await page.waitForFunction(() => location.search.includes(','));
  assert.equal(query(), `?pick=${first},${third}`);
  await page.reload({ waitUntil: 'networkidle' });
  await settle();
  assert.equal(await page.locator('.pick input:checked').count(), 2);
  assert.match(await page.locator('[data-picks]').innerText(), /2 picked/);
  assert.equal(new URL((await page.locator('[data-compare]').getAttribute('href')) ?? '', site.home).pathname, `${siteConfig.base}compare/`);
  assert.ok((await page.locator('[data-compare]').getAttribute('href'))?.endsWith(`?pick=${first},${third}`));
  await box('year', '2023').check();
  await page.waitForFunction(() => location.search.includes('year'));
  assert.equal(query(), `?year=2023&pick=${first},${third}`);
  assert.deepEqual((await audit(page)).violations, []);
  await page.locator('[data-unpick]').click();
  await page.waitForFunction(() => !location.search.includes('pick'));
  assert.equal(query(), '?year=2023');
  // the address changes first; a bar that stays fails here by its time limit
  await page.locator('[data-picks]').waitFor({ state: 'hidden' });
  await visit(`/methods/?pick=${second}`);
  assert.equal(await page.locator('[data-compare]').getAttribute('href'), null, 'one alone is not compared');
});

test('what is taken away is what is shown, in its order, in every form', async (context) => {
  const { page } = visitor;
  await visit('/methods/?location=hidden&sort=-year&pick=' + idsOf(all).slice(0, 3).join());
  const ids = await shown();
  const picked = idsOf(all).slice(0, 3);
  const take = async (where: string, ending: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`${where} [data-take="${ending}"]`).click()]);
    assert.ok(download.suggestedFilename().endsWith(`.${ending}`), download.suggestedFilename());
    return readFileSync(await download.path(), 'utf8');
  };
  const paper = new Map(all.map(({ entry }) => [entry.id, entry.paper]));
  let files = 0;
  for (const [where, wanted] of [['[data-take-shown]', ids], ['[data-take-picked]', picked]] as const) {
    const csv = (await take(where, 'csv')).trimEnd().split('\r\n');
    assert.deepEqual(csv.slice(1).map((line) => line.split(',')[0]), wanted);
    const json: { methods: { id: string; name: string; address: string }[] } = JSON.parse(await take(where, 'json'));
    assert.deepEqual(json.methods.map(({ id }) => id), wanted);
    for (const { id, address } of json.methods) assert.equal(address, new URL(`methods/${id}/`, site.home).href);
    const { works, mistakes } = readBibliography(await take(where, 'bib'));
    assert.deepEqual(mistakes, []);
    assert.deepEqual([...works.keys()], [...new Set(wanted.map((id) => paper.get(id)))]);
    const markdown = (await take(where, 'md')).split('\n').filter((line) => line.startsWith('| ['));
    assert.deepEqual(markdown.map((line) => /\/methods\/([a-z0-9-]+)\/>/.exec(line)?.[1]), wanted);
    const latex = (await take(where, 'tex')).split('\n').filter((line) => line.endsWith(' \\\\') && line.includes('\\cite{'));
    assert.deepEqual(latex.map((line) => /\\cite\{([^}]+)\}/.exec(line)?.[1]), wanted.map((id) => paper.get(id)));
    files += 5;
  }
  assert.deepEqual(visitor.takeProblems(), []);
  examined(context, files, 10, `files of ${ids.length} and ${picked.length} methods`);
});

test('a row that the page came without is drawn as if it had been there', async (context) => {
  const { page } = visitor;
  const texts = (): Promise<readonly string[]> =>
    page.$$eval('table tbody[data-id]', (rows) =>
      rows.map((row) => `${row.innerHTML} ${row.getAttribute('data-id')}`.replace(/\s+/g, ' ')),
    );
  await visit('/methods/');
  const built = await texts();
  await page.route('**/methods/', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/<tbody data-id="[^"][\s\S]*?<\/tbody>/g, (row, at: number) => (at % 3 === 0 ? row : ''));
    await route.fulfill({ response: answer, body });
  });
  await visit('/methods/');
  const left = (await shown()).length;
  await page.unroute('**/methods/');
  assert.ok(left < built.length - 3, `${left} of ${built.length} rows were left`);
  await page.locator('th[data-sort="name"] button').click();
  await page.waitForFunction(() => location.search.includes('sort'));
  await page.goBack();
  await settle();
  const drawn = await texts();
  assert.equal(drawn.length, built.length);
  built.forEach((row, i) => assert.equal(drawn[i], row));
  examined(context, built.length - left, 3, 'rows made anew');
});

test('headings sort by the keyboard: one way, the other, and back, each said by aria-sort and in words', async () => {
  const { page } = visitor;
  await visit('/methods/');
  const year = page.locator('th[data-sort="year"]');
  await year.locator('button').focus();
  const order = page.locator('[data-order]');
  for (const [sort, words] of [['descending', /year, the latest first/], ['ascending', /year, the earliest first/], [null, /family, then name/]] as const) {
    await page.keyboard.press('Enter');
    await page.waitForFunction(([text]) => new RegExp(text ?? '').test(document.querySelector('[data-order]')?.textContent ?? ''), [words.source]);
    assert.equal(await year.getAttribute('aria-sort'), sort);
    assert.match(await order.innerText(), words);
    assert.equal(await page.evaluate(() => document.activeElement?.closest('th')?.dataset['sort']), 'year');
  }
  await settle();
  assert.deepEqual(await shown(), idsOf(all));
});

test('a row that is drawn again keeps the focus', async () => {
  const { page } = visitor;
  await visit('/methods/');
  const [first] = idsOf(all);
  await box('family', all[0]?.values['family']?.[0] ?? '').check();
  await page.waitForFunction(() => location.search !== '');
  await settle();
  await page.locator(`tbody[data-id="${first}"] a`).focus();
  await page.goBack();
  await settle();
  assert.equal((await shown()).length, all.length);
  assert.equal(await page.evaluate(() => document.activeElement?.closest('tbody')?.dataset['id']), first);
});

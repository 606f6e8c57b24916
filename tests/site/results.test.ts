import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { HTMLElement } from 'node-html-parser';
import { rowKey } from '../../src/bench/index.ts';
import { readRecordFolder } from '../../src/results/index.node.ts';
import { benchmarks, builtPages, dist, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';

let results: readonly BuiltPage[] = [];
before(async () => {
  await ensureBuilt();
  results = builtPages('/results/');
});

const tables = (): readonly BuiltPage[] => results.filter(({ address }) => /^\/results\/[^/]+\/$/.test(address));
const cells = (): readonly BuiltPage[] => results.filter(({ address }) => /^\/results\/[^/]+\/[0-9a-f]{24}\/$/.test(address));

/** Places of a rank as shown: `#2–4`. */
const placesOf = (cell: HTMLElement): readonly [number, number] | null => {
  const [best, worst] = cell.querySelector('small')?.text.match(/\d+/g)?.map(Number) ?? [];
  return best === undefined ? null : [best, worst ?? best];
};

test('both readings of a table stand on its page without a script: the places, and the distance to the best where it is one', () => {
  let examined = 0;
  for (const { address, html } of tables()) {
    const columns = new Set(html.querySelectorAll('th[data-key]').map((each) => each.getAttribute('data-key')));
    for (const column of columns) {
      const own = html.querySelectorAll('table[data-table] tbody td[data-cell]').filter((cell) => cell.getAttribute('data-column') === column);
      const ranked = own.filter((cell) => cell.hasAttribute('data-gap'));
      if (ranked.length === 0) continue;
      const top = ranked.filter((cell) => cell.classList.contains('top'));
      // Rows of equal means stand first together.
      const highest = Number(top[0]?.getAttribute('data-value'));
      for (const cell of top) assert.equal(Number(cell.getAttribute('data-value')), highest, `${address} ${column}`);
      assert.ok(top.length > 0, `${address} ${column}`);
      for (const cell of ranked) {
        const places = placesOf(cell);
        const gap = cell.getAttribute('data-gap') ?? '';
        assert.ok(places && places[0] <= places[1] && places[1] <= ranked.length, `${address} ${cell.text}`);
        assert.ok(Number(cell.getAttribute('data-value')) <= highest, `${address} ${cell.text}`);
        assert.equal(cell.classList.contains('first'), places[0] === 1, `${address} ${cell.text}`);
        // Separably off the best, then not first; not separable from it, then no distance is shown.
        if (gap === '=') assert.ok(places[0] === 1 || ranked.length > 2, `${address} ${cell.text}`);
        else {
          assert.match(gap, /^−\d+\.\d$/);
          assert.ok(places[0] > 1, `${address} ${cell.text} is off the best by ${gap}`);
          assert.ok(Math.abs(Number(gap.replace('−', '-')) - 100 * (Number(cell.getAttribute('data-value')) - highest)) < 0.1, `${address} ${gap}`);
        }
        examined += 1;
      }
      for (const control of own.filter((cell) => cell.closest('tr')?.classList.contains('control'))) {
        assert.ok(!control.hasAttribute('data-gap') && placesOf(control) === null, `${address}: a control has no place`);
      }
    }
    assert.ok(html.querySelector('input[data-separable]'), address);
    assert.ok(html.querySelectorAll('.outcome').some(({ text }) => /^What came out\. First, /.test(text)), address);
  }
  assert.ok(examined >= 50, `${examined} ranked numbers`);
});

test('every column has its plot on the page and as a file, every plot says what it shows, and its sigils are on the sheet', () => {
  let [examined, priced] = [0, 0];
  for (const { address, html } of tables()) {
    const columns = html.querySelectorAll('table[data-table] thead tr:last-child th').length;
    const plots = html.querySelectorAll('figure.plot');
    assert.equal(plots.filter(({ id }) => id.startsWith('plot-')).length, columns, address);
    const prices = plots.filter(({ id }) => id.startsWith('price-'));
    priced += prices.length > 0 ? 1 : 0;
    const ids = new Set(html.querySelectorAll('svg.sheet g[id]').map(({ id }) => id));
    for (const plot of plots) {
      assert.ok((plot.querySelector('svg')?.getAttribute('aria-label') ?? '').length > 40, `${address} ${plot.id}`);
      for (const use of plot.querySelectorAll('use')) assert.ok(ids.has((use.getAttribute('href') ?? '').slice(1)), `${address} ${plot.id}`);
      const file = join(dist, plot.querySelector('a.file')?.getAttribute('href') ?? '');
      assert.match(readFileSync(file, 'utf8'), /^<svg xmlns=/, file);
      examined += 1;
    }
    // where nothing is trained there is no price to plot
    const front = html.querySelectorAll('.front-data tbody tr').length;
    assert.equal(front, prices.length === 0 ? 0 : html.querySelectorAll('table[data-table] tbody tr').length, address);
  }
  assert.ok(examined >= 10 && priced >= 4, `${examined} plots, prices on ${priced} pages`);
});

test('what papers claim is listed with its reason, and a gap is shown only where both measure the same', () => {
  let claimed = 0;
  for (const { address, html } of tables()) {
    const sections = html.querySelectorAll('details.claimed');
    for (const section of sections) {
      assert.match(section.querySelector('.note')?.text ?? '', /^Not to be subtracted\. .{20}/s, address);
      assert.equal(section.querySelector('[data-key="gap"]'), null, address);
      for (const row of section.querySelectorAll('tr.recalled')) assert.match(row.text, /from memory/, address);
      claimed += section.querySelectorAll('tbody tr').length;
    }
  }
  assert.ok(claimed >= 5, `${claimed} rows of claims`);
});

test('the command on a page of a number names exactly its records, and its neighbours of the row are one step away', () => {
  const { stored } = readRecordFolder(join(benchmarks, 'records'));
  const namesOf = stored.map(({ record: { id, spec } }): readonly [string, readonly string[]] => {
    const name = `${rowKey(spec.method.id, spec.method.options, spec.control)}@${spec.model.id}/${spec.task.id}`;
    return [id, [name, `${name}/${spec.split.train}`]];
  });
  const beside = new Map(cells().map(({ address, html }) => [address, html]));
  let steps = 0;
  for (const { address, html } of cells()) {
    const [all, ...single] = html.querySelectorAll('.command code').map(({ text }) => text.replace('npm run reproduce -- ', ''));
    const ids = html.querySelectorAll('td[data-record]').map((cell) => cell.getAttribute('data-record') ?? '');
    assert.deepEqual(single, ids, address);
    const name = /^'(.+)'$/.exec(all ?? '')?.[1] ?? '';
    const named = new Set(namesOf.flatMap(([id, names]) => (names.includes(name) ? [id] : [])));
    for (const id of ids) assert.ok(named.has(id), `${address}: ${all} doesn't name ${id}`);
    assert.equal(named.size, ids.length, `${address}: ${all} names other records too`);
    for (const [rel, back] of [['prev', 'next'], ['next', 'prev']] as const) {
      const target = html.querySelector(`a[rel=${rel}]`)?.getAttribute('href');
      if (target === undefined) continue;
      assert.equal(beside.get(target)?.querySelector(`a[rel=${back}]`)?.getAttribute('href'), address);
      steps += 1;
    }
  }
  assert.ok(cells().length >= 50 && steps >= 50, `${cells().length} pages, ${steps} steps`);
});

test('a page of a number says what stands behind it: seeds, back-end, versions, commit, digests, date, duration', () => {
  for (const { address, html } of cells()) {
    const said = html.querySelectorAll('dl.pairs dt').map(({ text }) => text);
    for (const label of ['Method', 'Model', 'Task', 'Split', 'Selection', 'On', 'With', 'Commit', 'Frozen weights', 'Made', 'Record', 'Run', 'Predictions', 'Trained numbers']) {
      assert.ok(said.includes(label), `${address} doesn't say "${label}"`);
    }
    const named = html.querySelectorAll('dl.pairs code').map(({ text }) => text);
    assert.ok(named.some((text) => /^[0-9a-f]{12}([0-9a-f]{28})?$/.test(text)), `${address} names no commit`);
    assert.match(html.querySelector('dl.pairs')?.text ?? '', /\d+ s in all/, address);
  }
  assert.ok(cells().length >= 50, `${cells().length} pages`);
});

test('each table has a page without the frame of the site, with the same numbers, that the search leaves out', () => {
  let examined = 0;
  for (const { address, html } of tables()) {
    const embed = results.find((page) => page.address === `${address}embed/`);
    assert.ok(embed, `${address}embed/`);
    const numbersOf = (page: HTMLElement): readonly string[] => page.querySelectorAll('table[data-table] td[data-cell]').map(({ text }) => text);
    assert.deepEqual(numbersOf(embed.html), numbersOf(html), address);
    assert.equal(embed.html.querySelector('.masthead'), null);
    assert.equal(embed.html.querySelector('[data-pagefind-body]'), null);
    assert.ok(embed.html.querySelector(`a[href="${address}"]`), `${address}embed/ doesn't lead back`);
    examined += numbersOf(html).length;
  }
  assert.ok(examined >= 50, `${examined} numbers`);
});

test('the list of results leads to every table, says what came out, and shows the latest runs', () => {
  const list = results.find(({ address }) => address === '/results/');
  assert.ok(list);
  for (const { address } of tables()) assert.ok(list.html.querySelector(`h2 a[href="${address}"]`), address);
  assert.equal(list.html.querySelectorAll('.table-list .outcome').length, tables().length);
  assert.equal(list.html.querySelectorAll('.table-list figure.plot').length, tables().length);
  const runs = list.html.querySelectorAll('#latest ~ .scroll tbody a');
  for (const run of runs) {
    const [path, id] = (run.getAttribute('href') ?? '').split('#');
    assert.ok(existsSync(join(dist, path ?? '', 'index.html')), path);
    assert.ok(existsSync(join(dist, 'records', `${id ?? ''}.json`)), id);
  }
  assert.ok(runs.length >= 5, `${runs.length} runs`);
});

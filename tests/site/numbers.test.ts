import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { parse } from 'node-html-parser';
import { z } from 'zod';
import { currentRecords } from '../../src/results/index.ts';
import { readRecordFolder } from '../../src/results/index.node.ts';
import { benchmarks, builtPages, dist, ensureBuilt } from './built-site.ts';
import type { BuiltPage } from './built-site.ts';

before(ensureBuilt);

const tablePages = (): readonly BuiltPage[] =>
  builtPages('/results/').filter(({ address }) => /^\/results\/[^/]+\/$/.test(address));

const provenance = z.object({
  backend: z.string().min(1),
  engines: z.array(z.string().min(1)).min(1),
  versions: z.record(z.string(), z.string().min(1)).refine((versions) => Object.keys(versions).length > 0),
  commits: z.array(z.string().regex(/^[0-9a-f]{40}$/)).min(1),
  modelDigest: z.string().regex(/^[0-9a-f]{64}$/),
  taskDigest: z.string().regex(/^[0-9a-f]{64}$/),
  created: z.tuple([z.iso.datetime(), z.iso.datetime()]),
  totalSeconds: z.number().positive(),
});
const numberCell = z.object({
  status: z.literal('ok'),
  text: z.string().min(1),
  n: z.number().min(1),
  seeds: z.array(z.number()).min(1),
  records: z.array(z.string().regex(/^[0-9a-f]{24}$/)).min(1),
  intervalKind: z.enum(['t', 'wilson']),
  provenance,
});
const emptyCell = z.object({ status: z.enum(['missing', 'failed']), text: z.literal(''), reason: z.string().min(1) });
const tableJson = z.object({
  rows: z.array(z.object({ key: z.string(), label: z.string() })),
  cells: z.array(z.array(z.union([numberCell, emptyCell]))),
});
const record = z.object({
  id: z.string(),
  seed: z.number(),
  result: z.object({ metrics: z.array(z.object({ name: z.string(), split: z.string(), value: z.number() })) }),
});

/** What a table ranks by, as its file says. */
function metricOf(address: string): string {
  const id = address.split('/')[2] ?? '';
  return z.object({ metric: z.object({ name: z.string() }) }).parse(JSON.parse(readFileSync(join(dist, 'results', id, `${id}.json`), 'utf8'))).metric.name;
}

/** A measure on test items in the raw record that the site serves. */
function measureOf(id: string, measure: string): number {
  const raw = record.parse(JSON.parse(readFileSync(join(dist, 'records', `${id}.json`), 'utf8')));
  const metric = raw.result.metrics.find(({ name, split }) => name === measure && split === 'test');
  assert.ok(metric, id);
  return metric.value;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The 0.975 quantile of Student's t by degrees of freedom, as printed tables have it. */
const studentT: Readonly<Record<number, number>> = {
  1: 12.7062,
  2: 4.302653,
  3: 3.182446,
  4: 2.776445,
  5: 2.570582,
  6: 2.446912,
  7: 2.364624,
  8: 2.306004,
  9: 2.262157,
};

/** Half the 95 % t-interval of a mean, by hand. */
function halfWidth(values: readonly number[]): number {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / (values.length - 1);
  const quantile = studentT[values.length - 1];
  assert.ok(quantile !== undefined, `no quantile for ${values.length} runs`);
  return quantile * Math.sqrt(variance / values.length);
}

test('every number of every table is the mean of the raw records that its link leads to, with their interval', () => {
  const tables = tablePages();
  let examined = 0;
  for (const { address, html } of tables) {
    const measure = metricOf(address);
    for (const cell of html.querySelectorAll('td[data-cell]')) {
      const target = cell.querySelector('a')?.getAttribute('href') ?? '';
      const page = parse(readFileSync(join(dist, target, 'index.html'), 'utf8'));
      const runs = page.querySelectorAll('td[data-record]');
      const values = runs.map((run) => measureOf(run.getAttribute('data-record') ?? '', measure));
      assert.ok(values.length > 0, target);
      runs.forEach((run, i) => {
        assert.equal(run.text.trim(), ((values[i] ?? 0) * 100).toFixed(1), target);
        assert.equal(Number(run.getAttribute('data-value')), values[i], target);
      });
      const centre = mean(values);
      assert.ok(Math.abs(Number(cell.getAttribute('data-value')) - centre) < 1e-12, `${address} ${target}`);
      const shown = /^(\d+\.\d)(?: ± (\d+\.\d)| \[(\d+\.\d), (\d+\.\d)\])?/.exec(cell.text.trim());
      assert.ok(shown, cell.text);
      assert.ok(Math.abs(Number(shown[1]) - centre * 100) <= 0.05 + 1e-9, `${address}: ${shown[0]}`);
      if (values.length > 1) {
        const off = Math.abs(Number(shown[2]) - halfWidth(values) * 100);
        assert.ok(off <= 0.05 + 1e-6, `${address}: ${shown[0]}`);
      }
      examined += 1;
    }
  }
  assert.ok(tables.length >= 2, `${tables.length} tables`);
  assert.ok(examined >= 50, `${examined} numbers`);
});

test('numbers on method pages are those of the tables', () => {
  const shownIn = (pages: readonly BuiltPage[]): Map<string, string> => {
    const cells = pages.flatMap(({ html }) => html.querySelectorAll('td[data-cell]'));
    return new Map(cells.map((cell) => [cell.getAttribute('data-cell') ?? '', cell.text.trim()]));
  };
  const tables = shownIn(tablePages());
  const methods = shownIn(builtPages('/methods/'));
  assert.ok(methods.size >= 50, `${methods.size} numbers`);
  for (const [cell, text] of methods) assert.equal(text, tables.get(cell), cell);
  // a page that would be heavy shows some of its numbers and leads to the others
  const light = builtPages('/methods/').filter(({ html }) => /more rows? of this method in the whole table|Also in/.test(html.querySelector('main')?.text ?? ''));
  const reached = new Set([...methods.keys(), ...light.flatMap(({ html }) => {
    const own = html.querySelectorAll('main a').flatMap((link) => /^\/results\/[^/]+\/$/.exec(link.getAttribute('href') ?? '')?.[0] ?? []);
    return tablePages().filter(({ address }) => own.includes(address)).flatMap((page) => [...shownIn([page]).keys()]);
  })]);
  assert.equal(reached.size, tables.size, 'every number of a table stands on the page of its method, or one link away');
  assert.ok(light.length < 12, `${light.length} pages leave numbers out`);
});

test('every committed record is served as it is stored, and stands at its anchor', () => {
  const { stored } = readRecordFolder(join(benchmarks, 'records'));
  const pages = builtPages('/results/');
  const anchors = new Set(pages.flatMap(({ html }) => html.querySelectorAll('section.record').map(({ id }) => id)));
  const tables = tablePages().map(({ address }) => address.split('/')[2] ?? '');
  for (const { record: { id } } of stored) {
    const file = join(dist, 'records', `${id}.json`);
    assert.ok(existsSync(file), `records/${id}.json`);
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).id, id);
  }
  let examined = 0;
  for (const table of tables) {
    const own = stored.filter((each) => each.table === table).map(({ record: each }) => each);
    for (const { id } of currentRecords(own)) {
      assert.ok(anchors.has(id), `no page shows record ${id} of ${table}`);
      examined += 1;
    }
  }
  assert.ok(stored.length >= 100 && examined >= 100, `${stored.length} records, ${examined} anchors`);
});

test('every number of a table carries where it comes from: runs, seeds, commit, versions, back-end, data, date, duration', () => {
  let examined = 0;
  for (const { address } of tablePages()) {
    const id = address.split('/')[2] ?? '';
    const { cells } = tableJson.parse(JSON.parse(readFileSync(join(dist, address, `${id}.json`), 'utf8')));
    for (const cell of cells.flat()) {
      if (cell.status !== 'ok') continue;
      assert.equal(cell.records.length, cell.n, cell.text);
      assert.equal(cell.seeds.length, cell.n, cell.text);
      examined += 1;
    }
  }
  assert.ok(examined >= 50, `${examined} numbers`);
});

test('the records of a table are served as they are committed, and every digest on its page is that of the file', () => {
  let examined = 0;
  for (const { address, html } of tablePages()) {
    const id = address.split('/')[2] ?? '';
    const served = readFileSync(join(dist, address, `${id}.records.jsonl`));
    assert.ok(served.equals(readFileSync(join(benchmarks, 'records', `${id}.jsonl`))), id);
    for (const row of html.querySelectorAll('table.files tbody tr')) {
      const file = join(dist, row.querySelector('a')?.getAttribute('href') ?? '');
      assert.equal(row.querySelector('code')?.text, createHash('sha256').update(readFileSync(file)).digest('hex'), file);
      examined += 1;
    }
  }
  assert.ok(examined >= 10, `${examined} files`);
});

test('downloads hold the rows and columns of their page', () => {
  let costsExamined = 0;
  const tables = tablePages();
  for (const { address, html } of tables) {
    const id = html.querySelector('table[data-table]')?.getAttribute('data-table') ?? '';
    const rows = html.querySelectorAll('table[data-table] tbody tr');
    const read = (ending: string): string => readFileSync(join(dist, address, `${id}.${ending}`), 'utf8');
    const csv = read('csv').trimEnd().split('\r\n');
    assert.equal(csv.length, rows.length + 1, address);
    const json = tableJson.parse(JSON.parse(read('json')));
    const shown = rows.map((row) =>
      row.querySelectorAll('td[data-column]').map((cell) => cell.querySelector('a')?.text ?? ''),
    );
    assert.deepEqual(json.cells.map((line) => line.map(({ text }) => text)), shown, address);
    assert.deepEqual(json.rows.map(({ key }) => key), rows.map((row) => row.getAttribute('data-row')), address);
    const costs = rows.map((row) => row.querySelectorAll('td.cost').map((cell) => cell.text.replace(/^–$/, '')));
    const markdown = read('md').split('\n').filter((line) => line.startsWith('| ')).slice(2);
    const latex = read('tex').split('\n');
    const latexRows = latex.slice(latex.indexOf('\\midrule') + 1);
    costs.forEach((line, r) => {
      assert.equal(line.length, 4, `${address}: trained numbers, training, steps, testing`);
      const piped = (markdown[r] ?? '').replace(/ \|$/, '').split(' | ').slice(-4).map((text) => text.trim());
      assert.deepEqual(piped.map((text) => text.replace(/\|$/, '').trim()), line, address);
      for (const text of line) assert.ok(latexRows[r]?.includes(text.replace('–', '--')), `${address} tex: ${text}`);
      costsExamined += line.length;
    });
    for (const ending of ['md', 'tex']) {
      const text = read(ending);
      for (const number of shown.flat().filter((each) => each !== '')) {
        assert.ok(text.includes(number.split(' ')[0] ?? ''), `${address} ${ending}: ${number}`);
      }
    }
  }
  assert.ok(tables.length >= 2 && costsExamined >= 50, `${tables.length} tables, ${costsExamined} costs`);
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { PNG } from 'pngjs';
import { z } from 'zod';
import { currentRecords } from '../../src/results/index.ts';
import { readRecordFolder } from '../../src/results/index.node.ts';
import { benchmarks, dist, ensureBuilt, readPage } from './built-site.ts';
import { examined } from './examined.ts';

before(ensureBuilt);

const shows = z.object({
  table: z.string(),
  pictures: z.object({ file: z.string() }),
  runs: z.array(z.object({ row: z.string(), record: z.string(), trainedDigest: z.string().nullable(), pictures: z.object({ file: z.string() }).optional() })),
});

const folder = join(benchmarks, 'shows');
const committed = (existsSync(folder) ? readdirSync(folder) : []).map((table) => shows.parse(JSON.parse(readFileSync(join(folder, table, 'shows.json'), 'utf8'))));

test('what a table shows its runs to change is of its own records, down to the digest of what was trained', (t) => {
  const { stored } = readRecordFolder(join(benchmarks, 'records'));
  let runs = 0;
  for (const { table, runs: shown } of committed) {
    const own = currentRecords(stored.filter((each) => each.table === table).map(({ record }) => record));
    for (const { row, record, trainedDigest } of shown) {
      const found = own.find(({ id }) => id === record);
      assert.ok(found?.status === 'done', `${table}, ${row}: no current record ${record}; npm run bench -- show --table ${table}`);
      assert.equal(trainedDigest, found.result.trainedDigest, `${table}, ${row}`);
      runs += 1;
    }
  }
  examined(t, runs, 5, 'runs shown');
});

test('the page of a table shows every such run with its picture', (t) => {
  let sheets = 0;
  for (const { table, pictures, runs } of committed) {
    const { html } = readPage(`/results/${table}/`);
    const cards = html.querySelectorAll('[data-shown]');
    assert.deepEqual(cards.map((card) => card.getAttribute('data-shown')).toSorted(), runs.map(({ record }) => record).toSorted());
    for (const { record, trainedDigest, pictures: own } of runs) {
      const card = cards.find((each) => each.getAttribute('data-shown') === record);
      assert.equal(card?.getAttribute('data-trained') ?? null, trainedDigest);
      assert.equal(card?.querySelector('img') !== null, own !== undefined, record);
    }
    for (const file of [pictures.file, ...runs.flatMap((run) => run.pictures?.file ?? [])]) {
      const served = join(dist, 'results', table, 'shows', file);
      const { width, height } = PNG.sync.read(readFileSync(served));
      const image = html.querySelectorAll('#shows ~ * img').find((each) => each.getAttribute('src')?.endsWith(`/${file}`));
      assert.deepEqual([Number(image?.getAttribute('width')), Number(image?.getAttribute('height'))], [2 * width, 2 * height], file);
      sheets += 1;
    }
  }
  examined(t, sheets, 3, 'sheets of pictures');
});

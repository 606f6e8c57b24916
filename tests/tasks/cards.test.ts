import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { AssetUnavailable, readPng } from '../../src/assets/index.ts';
import { contactSheet } from '../../src/tasks/cards/contact-sheet.ts';
import { encodePng } from '../../src/tasks/cards/encode-png.node.ts';
import { makeTaskCard } from '../../src/tasks/cards/task-card.ts';
import { wavePath } from '../../src/tasks/cards/wave-path.ts';
import { findTask, pictureAt, taskIds, taskRows } from '../../src/tasks/index.ts';
import type { Task, TaskRow } from '../../src/tasks/index.ts';
import { writeTaskCards } from '../../src/tasks/index.node.ts';
import { wavesBackToBack } from '../../src/tasks/wave-set.ts';
import { noAssets, picturesOf, smallTask } from './fixtures.ts';

test('a PNG file reads back as the pixels it was made from', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(1 as const, 3 as const),
      fc.integer({ min: 1, max: 1000 }),
      async (rows, columns, channels, seed) => {
        const pixels = Uint8Array.from({ length: rows * columns * channels }, (_, i) => (i * seed * 31) % 256);
        const read = await readPng(encodePng(pixels, rows, columns, channels), 'sheet.png');
        assert.deepEqual([...read.values], [...pixels]);
        assert.equal(read.shape[0], rows);
        assert.equal(read.shape[1], columns);
      },
    ),
    { numRuns: 60 },
  );
  assert.throws(() => encodePng(new Uint8Array(5), 2, 2, 1), /2 × 2 × 1 has 4 bytes, found 5/);
});

test('a contact sheet lays pictures out row by row with a light line between', () => {
  const pictures = [1, 2, 3].map((n) => new Uint8Array(4).fill(n));
  const { pixels, rows, columns } = contactSheet(pictures, [2, 2, 1], 2);
  assert.equal(rows, 7);
  assert.equal(columns, 7);
  const lines = Array.from({ length: rows }, (_, r) => [...pixels.subarray(r * 7, r * 7 + 7)].map((x) => (x > 9 ? '-' : x)).join(''));
  assert.deepEqual(lines, ['-------', '-11-22-', '-11-22-', '-------', '-33----', '-33----', '-------']);
  assert.equal(contactSheet(pictures, [2, 2, 1], 3, 2).columns, 16);
});

test('a card says what the task is, and its sheet shows the classes in turn', async () => {
  const row = findTask('world-digits');
  const task = await row.load(noAssets);
  const { card, sheet } = makeTaskCard(row, task);
  assert.equal(card.digest, task.digest);
  assert.deepEqual(card.counts, { train: 4000, test: 2000 });
  assert.ok(sheet && 'samples' in card && card.samples);
  assert.equal(card.samples.across, 10);
  assert.equal(card.samples.shown, 40);
  assert.deepEqual([card.samples.height, card.samples.width], [sheet.rows, sheet.columns]);
  // the fourth picture of the second row is the second training picture of class 3
  const index = task.train.labels.reduce((found: number[], label, i) => (label === 3 ? [...found, i] : found), [])[1] ?? -1;
  const firstLine = pictureAt(picturesOf(task.train), index).subarray(0, 96);
  const start = (34 * sheet.columns + 1 + 3 * 33) * 3;
  assert.deepEqual(sheet.pixels.subarray(start, start + 96), firstLine);
});

test('cards are written for what is here; the rest is named with its reason, and other errors come through', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'task-cards-'));
  try {
    const unavailable = { open: (id: string) => Promise.reject(new AssetUnavailable(id, 'there is no copy')) };
    const rows = taskRows.filter(({ id }) => ['world-relations', 'mnist', 'world-counts'].includes(id));
    const { written, skipped } = await writeTaskCards(rows, unavailable, folder);
    assert.deepEqual(written, ['world-relations', 'world-counts']);
    assert.deepEqual(skipped, [{ id: 'mnist', reason: 'there is no copy' }]);
    const files = (await readdir(folder)).sort();
    assert.deepEqual(files, ['world-counts.json', 'world-counts.png', 'world-relations.json', 'world-relations.png']);
    await assert.rejects(writeTaskCards(rows, noAssets, folder), /no asset mnist here/);
  } finally {
    await rm(folder, { recursive: true });
  }
  t.diagnostic('3 rows');
});

test('the committed cards of generated tasks are those of today', async (t) => {
  let checked = 0;
  for (const row of taskRows.filter(({ generated }) => generated)) {
    const { card } = makeTaskCard(row, await row.load(noAssets));
    const path = join(import.meta.dirname, '..', '..', 'benchmarks', 'cards', 'tasks', `${row.id}.json`);
    const stored: unknown = JSON.parse(await readFile(path, 'utf8'));
    assert.deepEqual(stored, JSON.parse(JSON.stringify(card)), `${row.id}: write it again with scripts/task-cards.ts`);
    checked += 1;
  }
  t.diagnostic(`${checked} cards`);
  assert.ok(checked >= 4);
});

test('every task has its entry in content/tasks, saying the same of where it comes from', async (t) => {
  const folder = join(import.meta.dirname, '..', '..', 'content', 'tasks');
  const entries = (await readdir(folder)).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
  assert.deepEqual(entries.sort(), [...taskIds].sort());
  for (const { id, title, generated, citation } of taskRows) {
    const text = await readFile(join(folder, `${id}.md`), 'utf8');
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}: "?(.*?)"?$`, 'm').exec(text)?.[1];
    assert.equal(field('id'), id);
    assert.equal(field('title'), title);
    assert.equal(field('generated'), String(generated));
    assert.equal(field('paper'), citation);
  }
  t.diagnostic(`${entries.length} entries`);
  assert.ok(entries.length >= 8);
});

test('a wave is drawn from edge to edge: a line through few values, stretches for many', () => {
  assert.equal(wavePath(Float32Array.of(0, 1, -1), 1, { width: 10, height: 22 }), 'M0 11L5 1L10 21');
  assert.equal(wavePath(Float32Array.of(0, 0, 0), 0, { width: 10, height: 22 }), 'M0 11L5 11L10 11');
  const many = Float32Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 0.5 : -1));
  assert.equal(wavePath(many, 1, { width: 2, height: 22 }), 'M0.5 6V21M1.5 6V21');
  assert.equal(wavePath(new Float32Array(12), 1, { width: 2, height: 22 }), 'M0.5 11V11.4M1.5 11V11.4');
});

test('a card of waves says how long they are, and draws one of each class where that may be shown', () => {
  const waves = [[0.5], [0.1, -0.4], [0.2, 0.2, 0.2]];
  const set = wavesBackToBack(Float32Array.from(waves.flat()), waves.map(({ length }) => length), Int32Array.of(1, 0, 1), { sampleRate: 8000 });
  const task: Task = { ...smallTask([], [], 2), id: 'sound', train: set, test: set };
  const row: TaskRow = { id: 'sound', title: 'Sound', classes: task.classes, kind: 'sound', generated: false, licence: 'CC0', samples: 'by nobody', load: () => Promise.resolve(task) };
  const { card, sheet } = makeTaskCard(row, task);
  assert.equal(sheet, null);
  assert.ok('wave' in card && card.drawings);
  assert.deepEqual(card.wave, { sampleRate: 8000, shortest: 1, longest: 3 });
  assert.deepEqual(card.drawings.waves.map(({ values }) => values), [2, 1]);
  // each clip to its own peak
  assert.equal(card.drawings.waves[0]?.path, 'M0 18.3L160 47');
  assert.equal(card.drawings.credit, 'by nobody');
  const { samples: _, ...unlicensed } = row;
  const silent = makeTaskCard(unlicensed, task).card;
  assert.ok('drawings' in silent && silent.drawings === null);
});

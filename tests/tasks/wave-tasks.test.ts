import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { AssetUnavailable } from '../../src/assets/index.ts';
import type { OpenedAsset } from '../../src/assets/index.ts';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { createGenerator } from '../../src/random/index.ts';
import { drawSplit, kindOf, taskRows } from '../../src/tasks/index.ts';
import { makeTaskCard } from '../../src/tasks/cards/task-card.ts';
import { fitWaves } from '../../src/tasks/fit-waves.ts';
import { oneAsset, wavesOf } from './fixtures.ts';

const source = nodeAssetSource({ offline: true });
const rows = taskRows.filter(({ kind }) => kind === 'sound' || kind === 'series');

/** Opens the asset, or says why the test is skipped. */
async function openOrSkip(id: string, skip: (reason: string) => void): Promise<OpenedAsset | undefined> {
  try {
    return await source.open(id);
  } catch (error) {
    if (!(error instanceof AssetUnavailable)) throw error;
    skip(`1 asset not here: ${error.message}`);
    return undefined;
  }
}

test('the catalogue has tasks of sound and of series', () => {
  assert.ok(rows.some(({ kind }) => kind === 'sound') && rows.some(({ kind }) => kind === 'series'));
});

/** Of each pool: the number of waves of each class. */
const counts: Readonly<Record<string, readonly [train: readonly number[], test: readonly number[]]>> = {
  'spoken-digits': [new Array<number>(10).fill(200), new Array<number>(10).fill(100)],
  'ucr-ecg200': [[31, 69], [36, 64]],
  'ucr-earthquakes': [[264, 58], [104, 35]],
  'ucr-worms': [[76, 31, 25, 32, 17], [33, 13, 10, 13, 8]],
};

for (const row of rows) {
  test(`${row.id} has the pools that its page states, and every wave goes into a second at 16 kHz`, async (t) => {
    const asset = await openOrSkip(row.id, (reason) => t.skip(reason));
    if (!asset) return;
    const task = await row.load(oneAsset(asset));
    if (row.pools) assert.deepEqual(row.pools, { train: task.train.count, test: task.test.count });
    let laid = 0;
    for (const [i, part] of (['train', 'test'] as const).entries()) {
      const set = wavesOf(task[part]);
      assert.equal(kindOf(set), row.kind);
      assert.deepEqual(row.classes.map((_, k) => set.labels.filter((label) => label === k).length), counts[row.id]?.[i]);
      for (let index = 0; index < set.count; index += 7) {
        const values = fitWaves(set, [index], { samples: 16000, sampleRate: 16000 }, { repeats: 'fill' }, { task: 'The task', model: 'the model' });
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        // a clip's loudest value may be cut away; a series of the test pool may pass the training pool's peak
        assert.ok(largest > 0.01 && (row.kind === 'sound' || part === 'test' || largest <= 0.5), `${row.id} ${part} ${index}: ${largest}`);
        assert.ok(row.kind === 'series' || largest <= 0.5 + 1 / 32768);
        laid += 1;
      }
    }
    const split = drawSplit(task, { train: 50, validation: 10, test: 50 }, createGenerator(1));
    assert.equal(split.train.length + split.validation.length + split.test.length, 110);
    t.diagnostic(`${laid} waves`);
    assert.ok(laid > 25);
  });
}

test('no speaker of the digits is in both pools', async (t) => {
  const asset = await openOrSkip('spoken-digits', (reason) => t.skip(reason));
  if (!asset) return;
  const names = asset.text.get('speakers')?.trim().split('\n') ?? [];
  const heard = (part: string): string[] => [...new Set(asset.tensors.get(`${part}-speakers`)?.values)].map((i) => names[i] ?? 'nobody').sort();
  assert.deepEqual(heard('train'), ['george', 'jackson', 'lucas', 'nicolas']);
  assert.deepEqual(heard('test'), ['theo', 'yweweler']);
});

test('the committed cards of tasks of waves are those of today', async (t) => {
  let checked = 0;
  for (const row of rows) {
    const asset = await source.open(row.id).catch((error: unknown) => {
      if (error instanceof AssetUnavailable) return undefined;
      throw error;
    });
    if (!asset) continue;
    const { card } = makeTaskCard(row, await row.load(oneAsset(asset)));
    const path = join(import.meta.dirname, '..', '..', 'benchmarks', 'cards', 'tasks', `${row.id}.json`);
    assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), JSON.parse(JSON.stringify(card)), `${row.id}: write it again with scripts/task-cards.ts`);
    checked += 1;
  }
  if (checked === 0) t.skip(`${rows.length} assets not here`);
  else t.diagnostic(`${checked} cards`);
});

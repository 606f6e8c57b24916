import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compareRecords, requestKeyOf } from '../../src/bench/index.ts';
import { readRecordFolder } from '../../src/results/index.node.ts';
import { projectRoot, start } from './command.ts';

const cell = 'vpt-shallow*@world-vit/world-outlines';
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** One run of the quick preset in processes of its own. */
async function quickRun() {
  const out = mkdtempSync(join(tmpdir(), 'atlas-quick-'));
  folders.push(out);
  const words = ['run', '--preset', 'quick', '--table', 'prompt-tokens', '--cell', cell, '--seeds', '1', '--workers', '1', '--out', out];
  const { code, error } = await start('bench.ts', words).finished;
  assert.equal(code, 0, error);
  const [stored, ...more] = readRecordFolder(join(out, 'records')).stored;
  assert.equal(more.length, 0);
  assert.ok(stored && stored.record.status === 'done');
  return stored.record;
}

test('a run of the quick preset gives the same bits in two processes, and those of the committed record', async () => {
  const [first, second] = [await quickRun(), await quickRun()];
  assert.notEqual(first.result.trainedDigest, null);
  assert.deepEqual(second.result, first.result);
  assert.deepEqual(second.drawn, first.drawn);
  assert.equal(second.run, first.run);
  assert.equal(first.result.frozenBefore, first.result.frozenAfter);
  assert.equal(first.result.frozenBefore, first.spec.model.digest);

  const { stored } = readRecordFolder(join(projectRoot, 'benchmarks', 'records'));
  const committed = stored.filter(({ record }) => requestKeyOf(record) === requestKeyOf(first));
  assert.ok(committed.length > 0, 'the quick preset has no committed record of this run');
  for (const { record } of committed) {
    const { verdict, reason } = compareRecords(record, first);
    const promised = first.env.architecture === 'x64' && record.env.architecture === 'x64' ? ['same bits'] : ['same bits', 'within tolerance'];
    assert.ok(promised.includes(verdict), `${record.id}: ${verdict}: ${reason}`);
  }
});

test('the first steps of every home-made model give the digest of its card', async () => {
  const models = readdirSync(join(projectRoot, 'benchmarks', 'models'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.ok(models.length > 0, 'no home-made model found');
  for (const { name } of models) {
    const { code, out, error } = await start('train.ts', [name, '--steps', '20']).finished;
    assert.equal(code, 0, `${out}${error}`);
    assert.match(out, /first 20 steps: same bits/);
  }
});

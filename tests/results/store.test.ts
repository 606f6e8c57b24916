import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { recordLine } from '../../src/results/index.ts';
import { mergeShards, openShard, readRecordFile, readRecordFolder } from '../../src/results/index.node.ts';
import { fixtureRecord } from './fixtures.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('what is appended is read again, from several shards at once', () => {
  const at = join(folder, 'several');
  const records = [1, 2, 3, 4].map((seed) => fixtureRecord({ seed }));
  const [first, second] = [openShard(at, 'table', '1'), openShard(at, 'table', '2')];
  records.forEach((record, i) => (i % 2 === 0 ? first : second).append(record));
  first.close();
  second.close();
  const { stored, notes } = readRecordFolder(at);
  assert.deepEqual(notes, []);
  assert.equal(stored.length, 4);
  assert.deepEqual(new Set(stored.map(({ record }) => record.id)), new Set(records.map(({ id }) => id)));
  assert.ok(stored.every(({ table }) => table === 'table'));
});

test('a folder that does not exist holds no records', () => {
  assert.deepEqual(readRecordFolder(join(folder, 'absent')), { stored: [], notes: [] });
});

test('an unterminated last line is left out with a note, and cut off before the next write', () => {
  const at = join(folder, 'torn');
  const writer = openShard(at, 'table', '1');
  writer.append(fixtureRecord({ seed: 1 }));
  writer.close();
  for (const length of [1, 500, 70_000]) {
    appendFileSync(writer.path, 'x'.repeat(length));
    const { records, note } = readRecordFile(writer.path, 'table.part-1.jsonl');
    assert.equal(records.length, 1);
    assert.match(note ?? '', /^table\.part-1\.jsonl:2: the last line has no end/);
    openShard(at, 'table', '1').close();
    assert.equal(readFileSync(writer.path, 'utf8'), `${recordLine(fixtureRecord({ seed: 1 }))}\n`);
  }
  writeFileSync(writer.path, '{"half');
  openShard(at, 'table', '1').close();
  assert.equal(readFileSync(writer.path, 'utf8'), '');
});

test('a bad line in the middle is refused with file and line', () => {
  const at = join(folder, 'bad');
  const writer = openShard(at, 'table', '1');
  writer.append(fixtureRecord({ seed: 1 }));
  writer.close();
  appendFileSync(writer.path, `not json\n${recordLine(fixtureRecord({ seed: 2 }))}\n`);
  assert.throws(() => readRecordFolder(at), /^RecordError: table\.part-1\.jsonl:2: this line is not JSON/);
});

test('merging shards keeps the old lines as they are, adds each id once and can be repeated', () => {
  const at = join(folder, 'merge');
  const add = (shard: string, seeds: readonly number[]): void => {
    const writer = openShard(at, 'table', shard);
    for (const seed of seeds) writer.append(fixtureRecord({ seed }));
    writer.close();
  };
  add('1', [5, 6]);
  assert.deepEqual(mergeShards(at, 'table'), { added: 2, notes: [] });
  const old = readFileSync(join(at, 'table.jsonl'), 'utf8');
  add('1', [1, 6]);
  add('2', [1, 2]);
  assert.equal(mergeShards(at, 'table').added, 2);
  assert.ok(readFileSync(join(at, 'table.jsonl'), 'utf8').startsWith(old));
  assert.deepEqual(readdirSync(at), ['table.jsonl']);
  assert.equal(mergeShards(at, 'table').added, 0);
  assert.deepEqual(readRecordFolder(at).stored.map(({ record }) => record.seed).sort(), [1, 2, 5, 6]);
});

test('a writer killed at any point leaves whole lines only, once the next writer has opened its file', async (context) => {
  const at = join(folder, 'killed');
  let known: readonly string[] = [];
  let examined = 0;
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-writer.ts'), at, '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await setTimeout(30 + 23 * round);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const torn = readRecordFolder(at);
    const ids = torn.stored.map(({ record }) => record.id);
    assert.deepEqual(ids.slice(0, known.length), known, 'lines written before the kill are still there');
    openShard(at, 'table', '1').close();
    const repaired = readRecordFolder(at);
    assert.deepEqual(repaired.notes, []);
    assert.deepEqual(repaired.stored.map(({ record }) => record.id), ids);
    known = ids;
    examined += torn.notes.length;
  }
  context.diagnostic(`${known.length} whole lines after 6 kills, ${examined} torn ones repaired`);
  assert.ok(known.length > 0, 'the writer wrote nothing: the test examined nothing');
});

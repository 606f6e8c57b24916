import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, test } from 'node:test';
import { z } from 'zod';
import { requestKeyOf } from '../../src/bench/index.ts';
import { currentRecords } from '../../src/results/index.ts';
import type { RunRecord } from '../../src/results/index.ts';
import { readRecordFile, readRecordFolder } from '../../src/results/index.node.ts';
import { bench, fakeRunner, freshProject, start } from './command.ts';

const wholeGrid = 39;
const projects: string[] = [];
after(() => projects.forEach((project) => rmSync(project, { recursive: true, force: true })));

function project(): string {
  const folder = freshProject();
  projects.push(folder);
  return folder;
}

const runAnswer = z.object({
  made: z.number(),
  trials: z.number(),
  present: z.number(),
  failures: z.array(z.object({ label: z.string(), failure: z.object({ reason: z.string(), message: z.string() }) })),
  skipped: z.array(z.object({ reason: z.string(), runs: z.number() })),
});

async function run(root: string, ...words: readonly string[]) {
  const { code, out, error } = await bench(root, 'run', '--workers', '2', '--json', ...words);
  assert.notEqual(code, 2, error);
  return { code, ...runAnswer.parse(JSON.parse(out)) };
}

const folderOf = (root: string): string => join(root, 'benchmarks', 'records');
const merged = (root: string): string => readFileSync(join(folderOf(root), 'small.jsonl'), 'utf8');

/** What was asked and answered, without when. */
function answers(records: readonly RunRecord[]): readonly string[] {
  return currentRecords(records)
    .map((record) => `${requestKeyOf(record)} ${record.status === 'done' ? record.result.predictionsDigest : 'failed'}`)
    .sort();
}

test('a grid is run once: trials, then runs; a second call does nothing and changes no byte', async () => {
  const root = project();
  const first = await run(root);
  assert.deepEqual([first.code, first.made, first.trials, first.failures.length], [0, wholeGrid, 12, 0]);
  const { records } = readRecordFile(join(folderOf(root), 'small.jsonl'));
  assert.equal(records.length, wholeGrid);
  for (const record of records) {
    if (record.spec.search) assert.equal(record.spec.recipe?.learningRate, record.spec.search.chosen);
  }
  assert.ok(records.some((record) => record.spec.search?.chosen === 0.03), 'no rate was chosen by its trial');

  const before = merged(root);
  const second = await run(root);
  assert.deepEqual([second.code, second.made, second.trials, second.present], [0, 0, 0, wholeGrid]);
  assert.equal(merged(root), before);
  await bench(root, 'merge');
  assert.equal(merged(root), before);
  assert.deepEqual(readdirSync(folderOf(root)), ['small.jsonl']);
});

test('killed twice in the middle, a run loses only cells in work: no torn line, and the end is the same', async () => {
  const calm = project();
  await run(calm);
  const expected = answers(readRecordFolder(folderOf(calm)).stored.map(({ record }) => record));

  const root = project();
  let kept = 0;
  for (let kill = 0; kill < 2; kill++) {
    const words = ['run', '--workers', '2', '--root', root, '--runner', fakeRunner];
    const { child, finished } = start('bench.ts', words, { FAKE_RUN_MILLISECONDS: '60' });
    while ((await storedCount(root)) < kept + 5) await sleep(10);
    child.kill('SIGKILL');
    assert.equal((await finished).signal, 'SIGKILL');
    await workersEnded(root);
    const stored = await storedCount(root);
    assert.ok(stored >= kept + 5 && stored < wholeGrid, `${stored} records after kill ${kill + 1}`);
    kept = stored;
  }
  const rest = await run(root);
  assert.equal(rest.code, 0);
  assert.equal(rest.made, wholeGrid - kept);
  assert.deepEqual(answers(readRecordFile(join(folderOf(root), 'small.jsonl')).records), expected);
  assert.deepEqual(readdirSync(folderOf(root)), ['small.jsonl']);
});

/** Waits until the workers of a killed run have noticed and ended: their parts carry their numbers. */
async function workersEnded(root: string): Promise<void> {
  const owners = readdirSync(folderOf(root)).flatMap((name) => /\.part-(\d+)-/.exec(name)?.[1] ?? []);
  for (const owner of new Set(owners.map(Number))) {
    const end = Date.now() + 20_000;
    while (isAlive(owner)) {
      assert.ok(Date.now() < end, `worker ${owner} goes on without its run`);
      await sleep(20);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Counts whole records; throws where a line is torn in the middle of a file. */
async function storedCount(root: string): Promise<number> {
  return readRecordFolder(folderOf(root)).stored.length;
}

test('a torn last line of a shard is left out, said, and its run done again', async () => {
  const root = project();
  await run(root, '--cell', 'picture-template@doodlenet/mnist');
  appendFileSync(join(folderOf(root), 'small.part-999999-torn.jsonl'), '{"schema":"atlas-run/1","run":"12');
  const { code, out } = await bench(root, 'run', '--workers', '1', '--cell', 'picture-template@doodlenet/mnist');
  assert.equal(code, 0);
  assert.match(out, /the last line has no end/);
  assert.equal(readRecordFile(join(folderOf(root), 'small.jsonl')).records.length, 3);
});

test('a run that throws, a worker that dies, one that loses its device and missing data are told apart, counted and lose nothing else', async () => {
  const root = project();
  const answer = await run(root, '--preset', 'troubled');
  assert.equal(answer.code, 1);
  assert.equal(answer.made, 2);
  const reasons = answer.failures.map(({ failure }) => failure.reason).sort();
  assert.deepEqual(reasons, ['device', 'device', 'died', 'died', 'error', 'error']);
  assert.ok(answer.failures.every(({ failure }) => !/without a device/.test(failure.message)), 'a worker without a device went on');
  assert.deepEqual(answer.skipped.map(({ reason, runs }) => [reason, runs]), [['missing-task is not here', 2]]);
  assert.deepEqual(readdirSync(folderOf(root)), ['small.troubled.jsonl']);
});

test('Ctrl-C ends cleanly: exit 130, whole lines, and the next call goes on', async () => {
  const root = project();
  const { child, finished } = start('bench.ts', ['run', '--workers', '2', '--root', root, '--runner', fakeRunner], {
    FAKE_RUN_MILLISECONDS: '60',
  });
  while ((await storedCount(root)) < 3) await sleep(10);
  child.kill('SIGINT');
  assert.equal((await finished).code, 130);
  assert.deepEqual(readdirSync(folderOf(root)), ['small.jsonl'], 'shards are gathered');
  const kept = await storedCount(root);
  assert.equal((await run(root)).made, wholeGrid - kept);
});

test('shards of a grid are disjoint and together the whole', async () => {
  const root = project();
  const parts = [await run(root, '--shard', '1/2'), await run(root, '--shard', '2/2')];
  assert.deepEqual(parts.map(({ made }) => made), [20, 19]);
  assert.equal((await run(root)).made, 0);
});

test('verify finds edited, repeated and missing runs', async () => {
  const root = project();
  await run(root);
  const good = await bench(root, 'verify');
  assert.equal(good.code, 0, good.error);
  assert.match(good.out, /39 records read, 39 of 39 runs done, 0 failed, 0 problems/);

  const file = join(folderOf(root), 'small.jsonl');
  const lines = merged(root).split('\n');
  writeFileSync(file, lines.slice(1).join('\n'));
  const lacking = await bench(root, 'verify');
  assert.equal(lacking.code, 1);
  assert.match(lacking.error, /missing .*: seed \d/);

  writeFileSync(file, lines.join('\n').replace('"accuracy"', '"accurate"'));
  const edited = await bench(root, 'verify');
  assert.equal(edited.code, 2);
  assert.match(edited.error, /small\.jsonl:\d+: .*records are never edited/);
});

test('a wrong request is one sentence and exit code 2', async () => {
  const root = project();
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['run', '--table', 'smal'], /unknown table "smal"; did you mean "small"\?/],
    [['run', '--preset', 'quikc'], /unknown preset "quikc"; did you mean "quick"\?/],
    [['run', '--cell', 'blm@nowhere'], /unknown cell "blm@nowhere"/],
    [['run', '--seeds', '0'], /seed 0 is the tuning draw/],
    [['run', '--shard', '3/2'], /write i\/n/],
    [['run', '--tabel', 'small'], /Unknown option '--tabel'/],
    [['rnu'], /unknown command "rnu"; did you mean "run"\?/],
  ];
  for (const [words, message] of cases) {
    const { code, error } = await bench(root, ...words);
    assert.equal(code, 2, words.join(' '));
    assert.match(error, message);
    assert.equal(error.trim().split('\n').length, 1, error);
  }
});

test('reproduce says how many of how many have the same bits, and exits 1 on a difference', async () => {
  const root = project();
  await run(root);
  const words = ['--root', root, '--runner', fakeRunner, '--workers', '2'];
  const same = await start('reproduce.ts', ['small', '--sample', '10', '--seed', '3', ...words]).finished;
  assert.equal(same.code, 0, same.error);
  assert.match(same.out, /^10 of 10 runs: same bits$/m);

  const other = await start('reproduce.ts', ['--sample', '5', '--seed', '3', ...words], { FAKE_ANSWER: 'other' }).finished;
  assert.equal(other.code, 1);
  assert.match(other.out, /5 of 5 runs: different/);

  const [first] = readRecordFile(join(folderOf(root), 'small.jsonl')).records;
  assert.ok(first);
  const one = await start('reproduce.ts', [first.id, ...words]).finished;
  assert.match(one.out, /^1 of 1 runs: same bits$/m);
  const none = await start('reproduce.ts', ['smal', ...words]).finished;
  assert.equal(none.code, 2);
  assert.match(none.error, /did you mean "small"\?/);
});

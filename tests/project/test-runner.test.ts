import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { combine, settle, type Outcome } from '../../scripts/parts/part.ts';
import { roomOf } from '../../scripts/parts/touched-rooms.ts';

const files: Readonly<Record<string, string>> = {
  'good.test.ts': "import { test } from 'node:test'; test('one', () => {}); test('two', () => {});",
  'bad.test.ts': `
    import assert from 'node:assert/strict';
    import { describe, test } from 'node:test';
    describe('a suite', () => { test('holds', () => {}); test('fails', () => assert.equal(1 as number, 2)); });`,
  'nested.test.ts': "import { test } from 'node:test'; test('outer', async (t) => { await t.test('inner', () => { throw new Error('no'); }); });",
  'skipped.test.ts': "import { test } from 'node:test'; test('not today', { skip: 'no moon' }, () => {});",
  'empty.test.ts': 'export {};',
  'broken.test.ts': "import './nowhere.ts';",
};

let folder = '';
const runner = pathToFileURL(join(import.meta.dirname, '..', '..', 'scripts', 'parts', 'run-tests.ts')).href;
const program = `
  import { runTests } from ${JSON.stringify(runner)};
  const outcome = await runTests(process.argv.slice(2), { full: false, signal: new AbortController().signal });
  console.log(JSON.stringify(outcome));`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-runner-'));
  await Promise.all(Object.entries({ ...files, 'run.ts': program }).map(([name, text]) => writeFile(join(folder, name), text)));
});
after(() => rm(folder, { recursive: true }));

/** Runs files in a process that isn't itself under test. */
async function outcomeOf(...names: readonly string[]): Promise<Outcome> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const paths = names.map((name) => join(folder, name));
  const child = spawn(process.execPath, [join(folder, 'run.ts'), ...paths], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  await new Promise((resolve) => child.on('close', resolve));
  return JSON.parse(text);
}

const numbers = ({ passed, failed }: Outcome): readonly number[] => [passed, failed];

test('single tests are counted, suites and parents of failed tests are not', async () => {
  const outcome = await outcomeOf('good.test.ts', 'bad.test.ts', 'nested.test.ts');
  assert.deepEqual(numbers(outcome), [3, 2]);
  assert.equal(outcome.failures.length, 2);
  assert.match(outcome.failures.join('\n'), /fails \(.*bad\.test\.ts:\d+\)\nAssertionError/);
});

test('a file without a test and a file that breaks are failures, a skipped test is a note', async () => {
  const outcome = await outcomeOf('empty.test.ts', 'broken.test.ts', 'skipped.test.ts');
  assert.deepEqual(numbers(outcome), [0, 2]);
  assert.match(outcome.failures.join('\n'), /empty\.test\.ts holds no test/);
  assert.match(outcome.failures.join('\n'), /broken\.test\.ts ended in an error\.[^]*nowhere\.ts/);
  assert.match(outcome.notes.join('\n'), /not today .*: no moon/);
});

test('a part that examined nothing has failed', () => {
  const nothing = { passed: 0, failed: 0, examined: '0 files', failures: [], notes: [] };
  assert.deepEqual(numbers(settle(nothing)), [0, 1]);
  assert.deepEqual(numbers(settle({ ...nothing, passed: 3 })), [3, 0]);
  assert.deepEqual(numbers(combine([{ ...nothing, passed: 3 }, { ...nothing, passed: 1, failed: 2 }])), [4, 2]);
});

test('a touched file leads to the tests of its room', () => {
  assert.equal(roomOf('src/tensor/kernels/matmul.ts'), 'tensor');
  assert.equal(roomOf('tests/results/table.test.ts'), 'results');
  assert.equal(roomOf('scripts/lint/rules/doors.ts'), 'lint');
  assert.equal(roomOf('scripts/start.ts'), 'project');
  assert.equal(roomOf('content/methods/blm.md'), 'knowledge');
  assert.equal(roomOf('README.md'), undefined);
});

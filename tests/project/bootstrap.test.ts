import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

let checkout = '';

/**
 * An npm that writes down how it was called, takes its time and installs nothing but its own account; `ci` leaves out
 * packages made for this platform, as npm under an older Node does, where `partial.txt` stands.
 */
const fakeNpm = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('calls.txt', process.argv.slice(2).join(' ') + '\\n');
const fails = fs.existsSync('failing.txt') ? fs.readFileSync('failing.txt', 'utf8').split(',') : [];
setTimeout(() => {
  if (fails.includes(process.argv[2])) {
    console.error('npm error no network');
    process.exit(9);
  }
  fs.rmSync('node_modules', { recursive: true, force: true });
  const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
  const partial = process.argv[2] === 'ci' && fs.existsSync('partial.txt');
  const kept = Object.entries(packages).filter(([path, { optional, os }]) => path !== '' && (!optional || (os && !partial)));
  for (const [path] of kept) fs.mkdirSync(path, { recursive: true });
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: Object.fromEntries(kept) }));
}, 400);
`;

const lockfile = (version: string): string =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/only': { version },
      'node_modules/binding': { version, optional: true, os: [process.platform] },
      'node_modules/failing': { version, optional: true },
    },
  });

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'atlas-checkout-'));
  await mkdir(join(checkout, 'scripts'));
  await mkdir(join(checkout, 'bin'));
  await cp(join(import.meta.dirname, '..', '..', 'scripts', 'bootstrap.mjs'), join(checkout, 'scripts', 'bootstrap.mjs'));
  await writeFile(join(checkout, 'package-lock.json'), lockfile('1.0.0'));
  await writeFile(join(checkout, 'bin', 'npm'), fakeNpm);
  await chmod(join(checkout, 'bin', 'npm'), 0o755);
  await writeFile(
    join(checkout, 'scripts', 'say.ts'),
    `const words: string[] = process.argv.slice(2);
     if (words[0] === 'fail') process.exitCode = 7;
     if (words[0] === 'wait') {
       process.on('SIGTERM', () => { console.log('tidied'); process.exit(5); });
       setInterval(() => {}, 1000);
     }
     console.log(words.join('|'));`,
  );
});

afterEach(() => rm(checkout, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function bootstrap(args: readonly string[], onOutput: (stop: () => void) => void = () => {}): Promise<Ended> {
  const { npm_execpath: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'bootstrap.mjs'), ...args], {
    env: { ...env, PATH: [join(checkout, 'bin'), process.env['PATH']].join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part) => {
    stdout += part;
    onOutput(() => child.kill('SIGTERM'));
  });
  child.stderr.on('data', (part) => (stderr += part));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

const calls = async (): Promise<string[]> => (await readFile(join(checkout, 'calls.txt'), 'utf8')).trim().split('\n');

test('it installs once, then runs the script with its arguments and its exit code', async () => {
  const first = await bootstrap(['scripts/say.ts', 'a b', '--c']);
  assert.deepEqual([first.code, first.stdout], [0, 'a b|--c\n']);
  assert.match(first.stderr, /First run: installing/);
  const second = await bootstrap(['scripts/say.ts', 'fail']);
  assert.deepEqual([second.code, second.stdout, second.stderr], [7, 'fail\n', '']);
  assert.equal((await calls()).length, 1);
});

test('another lockfile, as after git pull, is installed', async () => {
  await bootstrap(['scripts/say.ts']);
  await writeFile(join(checkout, 'package-lock.json'), lockfile('1.0.1'));
  const { code, stderr } = await bootstrap(['scripts/say.ts']);
  assert.equal(code, 0);
  assert.match(stderr, /lockfile has changed/);
  assert.equal((await calls()).length, 2);
});

test('what npm installed by itself from the same lockfile is taken as it is', async () => {
  for (const name of ['only', 'binding']) await mkdir(join(checkout, 'node_modules', name), { recursive: true });
  const account = JSON.stringify({
    packages: { 'node_modules/only': { version: '1.0.0' }, 'node_modules/binding': { version: '1.0.0' } },
  });
  await writeFile(join(checkout, 'node_modules', '.package-lock.json'), account);
  const { code, stderr } = await bootstrap(['scripts/say.ts']);
  assert.deepEqual([code, stderr], [0, '']);
});

test('two at once install once', async () => {
  const both = await Promise.all([bootstrap(['scripts/say.ts', 'one']), bootstrap(['scripts/say.ts', 'two'])]);
  assert.deepEqual(both.map(({ code, stdout }) => [code, stdout]), [[0, 'one\n'], [0, 'two\n']]);
  assert.equal((await calls()).length, 1);
});

test('the turn of a process that died is taken over', async () => {
  await mkdir(join(checkout, '.atlas', 'setup.lock'), { recursive: true });
  await writeFile(join(checkout, '.atlas', 'setup.lock', 'pid'), '2147483646');
  assert.equal((await bootstrap(['scripts/say.ts'])).code, 0);
});

test('where npm ci refuses, npm install from the same lockfile is tried', async () => {
  await writeFile(join(checkout, 'failing.txt'), 'ci');
  assert.equal((await bootstrap(['scripts/say.ts'])).code, 0);
  assert.deepEqual((await calls()).map((call) => call.split(' ').slice(0, 2).join(' ')), ['ci --no-audit', 'install --no-save']);
});

test('what npm left out under an older Node is brought by a second call', async () => {
  await writeFile(join(checkout, 'partial.txt'), '');
  const { code, stderr } = await bootstrap(['scripts/say.ts']);
  assert.equal(code, 0);
  assert.doesNotMatch(stderr, /left out/);
  assert.deepEqual((await calls()).map((call) => call.split(' ')[0]), ['ci', 'install']);
});

test('a failed installation and a missing script end with a sentence and code 1', async () => {
  await writeFile(join(checkout, 'failing.txt'), 'ci,install');
  const failed = await bootstrap(['scripts/say.ts']);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /no network[^]*could not install[^]*run the same command again/);
  assert.doesNotMatch(failed.stderr, /at .*bootstrap\.mjs/);
  const missing = await bootstrap(['scripts/nowhere.ts']);
  assert.deepEqual([missing.code, missing.stderr], [1, 'There is no scripts/nowhere.ts in this checkout.\n']);
});

test('a signal reaches the script, and its own exit code comes back', async () => {
  const { code, stdout } = await bootstrap(['scripts/say.ts', 'wait'], (stop) => stop());
  assert.deepEqual([code, stdout], [5, 'wait\ntidied\n']);
});

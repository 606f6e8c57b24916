import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import type { ContentFile } from '../../src/knowledge/index.ts';
import { clean, spoil } from './catalogue.ts';

const root = join(import.meta.dirname, '..', '..');
const folders = mkdtempSync(join(tmpdir(), 'atlas-validate-'));
after(() => rmSync(folders, { recursive: true, force: true }));
let made = 0;

/** A folder with these files. */
function folderWith(files: readonly ContentFile[]): string {
  made += 1;
  const folder = join(folders, String(made));
  mkdirSync(folder);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function validate(args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/validate.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, GITHUB_ACTIONS: '', ...env },
  });
  return { code: status, stdout, stderr };
}

const account = z.strictObject({
  read: z.number(),
  errors: z.array(
    z.strictObject({
      file: z.string(),
      line: z.number().int().min(1),
      column: z.number().int().min(1),
      rule: z.string(),
      found: z.string(),
      allowed: z.string(),
      suggestion: z.string().nullable(),
      fixed: z.string().nullable(),
      definition: z.string(),
    }),
  ),
});

// The reviews of the small catalogue lie in November 2026; an earlier clock would find them in the future, as they are few.
const past = clean.map(({ path, text }) => ({ path, text: text.replaceAll('2026-11-20', '2024-12-20') }));
const wrong = spoil('methods/alpha.md', 'kind: method', 'kind: methd').map((file, i) => ({ ...file, text: file.text === clean[i]?.text ? past[i]?.text ?? '' : file.text.replaceAll('2026-11-20', '2024-12-20') }));

test('a folder without mistakes ends with 0 and a count', () => {
  const { code, stdout, stderr } = validate(['--root', folderWith(past)]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.match(stdout, /\n2 methods, 1 task, 1 concept, 1 paper read; 0 mistakes\n$/);
  assert.match(stdout, /^\d+ sentences: \d+ carry a source \(\d+ %\), \d+ rest on memory \(\d+ %\), \d+ are our own \(\d+ %\)$/m);
});

test('a mistake ends with 1 and shows its line with a caret under the place', () => {
  const folder = folderWith(wrong);
  const { code, stdout } = validate(['--root', folder]);
  assert.equal(code, 1);
  const lines = stdout.split('\n');
  const at = lines.findIndex((line) => line.endsWith('| kind: methd'));
  assert.ok(at > 0, stdout);
  assert.equal(lines[at + 1]?.indexOf('^'), lines[at]?.indexOf('methd'));
  assert.match(stdout, /^.*methods\/alpha\.md:11:7 {2}wrong-value: .*$/m);
  assert.match(stdout, /nearest {2}method\n/);
  assert.match(stdout, /write {4}kind: method\n/);
  assert.match(stdout, /see {6}content\/README\.md#kind\n/);
  assert.match(stdout, /read; 1 mistake\n$/);
});

test('--json gives the account and nothing else, in a workflow too', () => {
  const folder = folderWith(wrong);
  for (const env of [{}, { GITHUB_ACTIONS: 'true' }]) {
    const { code, stdout } = validate(['--json', '--root', folder], env);
    assert.equal(code, 1);
    const { read, errors } = account.parse(JSON.parse(stdout));
    assert.equal(read, 5);
    assert.deepEqual(errors.map(({ file, line, column, rule }) => ({ file, line, column, rule })), [
      { file: 'methods/alpha.md', line: 11, column: 7, rule: 'wrong-value' },
    ]);
  }
});

test('--annotations, or a workflow, marks each mistake for the forge', () => {
  const folder = folderWith(wrong);
  for (const outcome of [validate(['--annotations', '--root', folder]), validate(['--root', folder], { GITHUB_ACTIONS: 'true' })]) {
    assert.equal(outcome.code, 1);
    const marks = outcome.stdout.split('\n').filter((line) => line.startsWith('::error '));
    assert.equal(marks.length, 1);
    assert.match(marks[0] ?? '', /^::error file=[^:,]*methods\/alpha\.md,line=11,col=7,title=wrong-value%3A [^:]*::found: methd%0Aallowed: /);
  }
});

test('a folder that cannot be read is one clear sentence, and ends with 2', () => {
  const file = join(folderWith(past), 'references.bib');
  const empty = folderWith([{ path: 'references.bib', text: '' }]);
  const cases: readonly (readonly [string, RegExp])[] = [
    [join(folders, 'nowhere'), /nowhere" can't be read: it is not there\.\n$/],
    [file, /references\.bib" can't be read: it is not a folder\.\n$/],
    [empty, /^There is no entry below ".*": --root names a folder with Markdown files in methods\/.*\n$/],
  ];
  for (const [folder, message] of cases) {
    const plain = validate(['--root', folder]);
    assert.equal(plain.code, 2, folder);
    assert.match(plain.stderr, message);
    assert.equal(plain.stderr.split('\n').length, 2);
    const json = validate(['--json', '--root', folder]);
    assert.equal(json.code, 2);
    assert.deepEqual(account.parse(JSON.parse(json.stdout)).read, 0);
  }
});

test('--help tells the options, and an unknown one is refused with them', () => {
  const help = validate(['--help']);
  assert.equal(help.code, 0);
  for (const option of ['--root', '--json', '--annotations', '--reference']) assert.ok(help.stdout.includes(option), option);
  const refused = validate(['--rot', 'x']);
  assert.equal(refused.code, 2);
  assert.ok(refused.stderr.includes('--rot') && refused.stderr.includes('--root'), refused.stderr);
  assert.ok(!refused.stderr.includes('    at '), refused.stderr);
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runScript } from '../../scripts/parts/command.ts';
import { root } from '../../scripts/parts/root.ts';
import { examined } from './examined.ts';

const fixture = join(import.meta.dirname, 'fixture');
const place = `.atlas/incremental-${process.pid}`;
const content = mkdtempSync(join(tmpdir(), 'atlas-content-'));

after(() => {
  const caches = ['again', 'fresh'].map((name) => join(root, '.atlas', 'astro', `${name}-${process.pid}`));
  for (const folder of [join(root, place), content, ...caches]) rmSync(folder, { recursive: true, force: true });
});

/** Builds the copied content into a folder of its own, whose cache is kept from one build to the next. */
async function build(name: 'again' | 'fresh'): Promise<ReadonlyMap<string, string>> {
  mkdirSync(join(root, place), { recursive: true });
  const out = `${place}/${name}-${process.pid}`;
  const { code, stdout, stderr } = await runScript('scripts/build.ts', ['--out', out], {
    env: { ATLAS_CONTENT: content, ATLAS_BENCHMARKS: join(fixture, 'benchmarks'), ATLAS_STATE: join(root, place, name) },
  });
  assert.equal(code, 0, stdout + stderr);
  const files = readdirSync(join(root, out), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(join(root, out).length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
  }));
}

function change(file: string, from: string | RegExp, to: string): void {
  const path = join(content, file);
  const text = readFileSync(path, 'utf8');
  assert.notEqual(text.replace(from, to), text, `${file} has nothing like ${String(from)}`);
  writeFileSync(path, text.replace(from, to));
}

test('a build that takes up the one before gives the same bytes as a build from nothing, though a text was changed between', async (context) => {
  cpSync(join(fixture, 'content'), content, { recursive: true });
  await build('again');
  // A text alone: any change of front matter, bibliography or records makes every page anew.
  change('methods/cot.md', /\n## /, '\nA sentence that was not there before, with a work that it did not cite :cite[schick2021pet].\n\n## ');
  const again = await build('again');
  const fresh = await build('fresh');
  const differing = [...new Set([...again.keys(), ...fresh.keys()])].filter((file) => again.get(file) !== fresh.get(file));
  examined(context, fresh.size, 200, 'files');
  assert.deepEqual(differing, []);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { registry } from '../../src/assets/index.ts';

const script = fileURLToPath(new URL('../../scripts/fetch.ts', import.meta.url));
const fetchCommand = (...options: readonly string[]) => spawnSync(process.execPath, [script, ...options], { encoding: 'utf8' });

test('fetch lists every asset with licence and source', () => {
  const { status, stdout } = fetchCommand('--list', '--json');
  assert.equal(status, 0);
  const listed: unknown = JSON.parse(stdout);
  const { assets } = listed as { assets: { id: string; licence: string }[] };
  assert.deepEqual(assets.map(({ id }) => id), registry.map(({ id }) => id));
  assert.ok(assets.length > 0 && assets.every(({ licence }) => licence !== ''));
});

test('fetch names the nearest asset, and what to do when none is named', () => {
  const misspelt = fetchCommand('minst');
  assert.deepEqual([misspelt.status, misspelt.stderr], [2, 'There is no asset "minst"; did you mean "mnist"?\n']);
  const nothing = fetchCommand();
  assert.equal(nothing.status, 2);
  assert.match(nothing.stderr, /Name an asset, or use --all/);
});

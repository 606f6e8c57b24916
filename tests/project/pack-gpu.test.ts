import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { neededAssets } from '../../scripts/pack-gpu/assets.ts';
import { neededSources } from '../../scripts/pack-gpu/sources.ts';

const root = join(import.meta.dirname, '..', '..');

test('the folder for a graphics card holds what the engine loads, with every package described, and nothing of the site', async (t) => {
  const files = await neededSources(root);
  assert.deepEqual(files.filter((file) => !existsSync(join(root, file))), []);
  const kinds = readdirSync(join(root, 'src/parity/kinds')).map((file) => `src/parity/kinds/${file}`);
  const wanted = ['scripts/bench.ts', 'scripts/parity.ts', 'src/bench/worker.node.ts', 'src/tensor/backends/webgpu-read.ts', ...kinds];
  assert.deepEqual(wanted.filter((file) => !files.includes(file)), []);
  assert.deepEqual(files.filter((file) => /^(src\/site|content|tests\/site|dist)\//.test(file)), []);
  const packages = new Set(files.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  assert.ok(packages.has('node_modules/webgpu') && packages.has('node_modules/@tensorflow/tfjs-backend-webgpu'));
  for (const folder of packages) assert.ok(files.includes(`${folder}/package.json`), folder);
  t.diagnostic(`${files.length} files, ${packages.size} packages`);
});

test('the assets of a table are those of its networks and stored tasks', async () => {
  assert.deepEqual((await neededAssets(root, [{ table: 'prompt-tokens', preset: 'quick' }])).toSorted(), []);
  const found = await neededAssets(root, [{ table: 'output-alignment', preset: 'full' }]);
  assert.deepEqual(found.toSorted(), ['doodlenet', 'emnist-letters', 'fashion-mnist', 'mnist', 'resnet20-cifar10']);
});

test('what runs on the other machine tells its options and refuses others', { skip: process.platform === 'win32' && 'it is a script for Linux' }, () => {
  const run = (...words: readonly string[]) => spawnSync('sh', [join(root, 'scripts/pack-gpu/run.sh'), ...words], { encoding: 'utf8' });
  const help = run('--help');
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--vulkan DIR/);
  const wrong = run('--fast');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /^--fast: no such option; --help lists them\n$/);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { replacements } from '../../src/tensor/backends/webgpu-replaced.ts';
import type { Comparison } from './webgpu/compare-with-cpu.ts';
import type { Trouble } from './webgpu/get-into-trouble.ts';
import { onSwiftShader, whereSwiftShaderIs } from './webgpu/on-swiftshader.ts';

/** Of the largest number of a result. */
const tolerance = 2e-5;

test('every op with its gradient, and a short training, are on webgpu what they are on cpu', whereSwiftShaderIs, async (t) => {
  const { code, out, error } = await onSwiftShader('tests/tensor/webgpu/compare-with-cpu.ts');
  assert.equal(code, 0, error);
  assert.equal(error, '');
  const { device, ops, losses }: Comparison = JSON.parse(out);
  assert.match(device, /SwiftShader/);
  assert.ok(ops.length > 0);
  for (const { name, error: found } of ops) assert.ok(found <= tolerance, `${name}: ${found}`);
  assert.ok(losses.cpu.length > 1 && (losses.cpu.at(-1) ?? 0) !== losses.cpu[0]);
  losses.cpu.forEach((loss, i) => assert.ok(Math.abs(loss - (losses.webgpu[i] ?? NaN)) <= 1e-4 * loss, `loss ${i}`));
  assert.equal(new Set(losses.live).size, 1, `live tensors ${losses.live.join()}`);
  t.diagnostic(`${ops.length} ops, ${ops.reduce((sum, { numbers }) => sum + numbers, 0)} numbers; largest error ${Math.max(...ops.map((op) => op.error))}`);
});

test('every kernel that is replaced says what fails and what is done instead', () => {
  assert.ok(replacements.length > 0);
  for (const { name, fails, instead } of replacements) assert.ok(name !== '' && fails !== '' && instead !== '');
});

test('a device that is asked for too much or lost is unusable in one sentence; the next call opens another', whereSwiftShaderIs, async () => {
  const { code, out, error } = await onSwiftShader('tests/tensor/webgpu/get-into-trouble.ts');
  assert.equal(code, 0, error);
  const { tooMuch, stillTooMuch, lost, afterwards }: Trouble = JSON.parse(out);
  assert.match(tooMuch, /^DeviceUnusable: The graphics device could not do what was asked \(.*size.*\): [^\n]*$/);
  assert.equal(stillTooMuch, tooMuch);
  assert.match(lost, /^DeviceUnusable: The graphics device was lost in the middle of the work \([^\n]*\): [^\n]*$/);
  assert.deepEqual(afterwards, [40]);
});

const start = `
  const { useBackend } = await import('./src/tensor/index.ts');
  await useBackend('webgpu').then(() => process.stdout.write('started'), (error) => process.stdout.write(error.message));
`;

test('an adapter that computes on the processor is taken only by its name', whereSwiftShaderIs, async () => {
  const without = await onSwiftShader('--input-type=module', ['-e', start], { ATLAS_WEBGPU_ADAPTER: '' });
  assert.match(without.out, /^The only graphics adapter here is google swiftshader.*ATLAS_WEBGPU_ADAPTER\.$/);
  const other = await onSwiftShader('--input-type=module', ['-e', start], { ATLAS_WEBGPU_ADAPTER: 'geforce' });
  assert.match(other.out, /^The graphics adapter here is google swiftshader.*, not "geforce" as asked\.$/);
});

test('without a driver the back-end says in one sentence what to install', () => {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined, VK_ICD_FILENAMES: '/nowhere', VK_DRIVER_FILES: '/nowhere', LD_LIBRARY_PATH: '' };
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', start], { env, encoding: 'utf8' });
  if (process.platform === 'linux') assert.match(stdout, /^No graphics adapter was found for "webgpu": install the driver[^\n]*$/);
  else assert.match(stdout, /^(started|No graphics adapter was found[^\n]*)$/);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ParityReport } from '../../src/parity/index.ts';
import { onSwiftShader, whereSwiftShaderIs } from '../tensor/webgpu/on-swiftshader.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One case of each family; "npm run swiftshader -- scripts/parity.ts --backend webgpu" runs all of them. */
const cases = ['alignment-a', 'audio-mel-slaney', 'clip-zero-shot-a', 'cnn-vr-watermark-a', 'optimiser-a', 'peft-gpt2-prefix-a', 'vit-forward-a'];

test('on webgpu a case of every family agrees with the original libraries, ten times as closely as it has to', whereSwiftShaderIs, async (t) => {
  const words = ['--backend', 'webgpu', '--json', ...cases.flatMap((id) => ['--case', id])];
  const { code, out, error } = await onSwiftShader('scripts/parity.ts', words);
  assert.equal(code, 0, error + out);
  const report: ParityReport = JSON.parse(out);
  assert.deepEqual(report.cases.map(({ id, status }) => [id, status]), cases.map((id) => [id, 'passed']));
  assert.equal(report.toleranceFactor, 100);
  const factors = Object.entries(report.factors);
  assert.equal(factors.length, cases.length);
  for (const [kind, factor] of factors) assert.ok(factor !== null && factor <= 10, `${kind}: ${factor}`);
  t.diagnostic(factors.map(([kind, factor]) => `${kind} ${factor?.toPrecision(2)}`).join(', '));
});

test('a case that the folder has not is refused by its name', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/parity.ts', '--case', 'alchemy'], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /^--case alchemy: there is no such case/);
});

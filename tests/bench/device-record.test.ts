import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { environmentHere } from '../../src/bench/index.node.ts';
import { commonRecord } from '../../src/bench/common-record.ts';
import { canonicalJson, recordSchema, sealRecord } from '../../src/results/index.ts';
import type { CellContext } from '../../src/bench/types.ts';
import { recordOf } from './fake-runner.ts';

const device = { name: 'GPU 1', vendor: 'maker', architecture: '', driver: 'driver 2.3', limits: { maxBufferSize: 2 ** 31 } };

function contextOn(backend: CellContext['backend']): CellContext {
  return {
    assets: { open: () => Promise.reject(new Error('nothing is opened here')) },
    backend,
    clock: () => 0,
    now: () => '2024-01-01T00:00:00.000Z',
    environment: environmentHere(tmpdir()),
  };
}

const some = recordOf({ methodId: 'blm', options: {}, modelId: 'm', taskId: 't', split: { train: 1, test: 8 }, epochs: 0, batch: 1, seed: 1 });

test('a record says on which device, with which driver and limits it was computed, and one without a device says nothing', () => {
  const info = { kernels: 'stock', versions: { webgpu: '0.6.2' } };
  const { env } = commonRecord(some.spec, 1, contextOn({ ...info, name: 'webgpu', device }));
  assert.deepEqual(env.device, device);
  assert.equal(env.backend, 'webgpu');
  assert.equal(env.kernels, 'stock');
  assert.ok(!('device' in commonRecord(some.spec, 1, contextOn({ ...info, name: 'wasm' })).env));
});

test('a record with a device is valid and sealed with it; its question is the same on every device', () => {
  const { run, id, ...content } = some;
  const sealed = sealRecord({ ...content, env: { ...content.env, device } } as Parameters<typeof sealRecord>[0]);
  assert.deepEqual(recordSchema.parse(JSON.parse(canonicalJson(sealed))), sealed);
  assert.equal(sealed.run, run);
  assert.notEqual(sealed.id, id);
  assert.throws(() => recordSchema.parse({ ...sealed, env: { ...sealed.env, device: { ...device, colour: 'black' } } }));
});

test('a copy of a checkout without history says which commit it is of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-copy-'));
  try {
    assert.equal(environmentHere(folder).commit, 'unknown');
    writeFileSync(join(folder, 'checkout.json'), '{"commit":"abc","dirty":false}');
    const { commit, dirty } = environmentHere(folder);
    assert.deepEqual({ commit, dirty }, { commit: 'abc', dirty: false });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

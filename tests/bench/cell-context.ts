import assert from 'node:assert/strict';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { runCell } from '../../src/bench/run-cell.ts';
import type { CellContext, CellRequest } from '../../src/bench/index.ts';
import type { DoneRecord } from '../../src/results/index.ts';
import { useBackend } from '../../src/tensor/index.ts';

/** What a run needs from outside: assets of this machine, the wasm back-end, a date that stands still. */
export async function cellContext(): Promise<CellContext> {
  return {
    assets: nodeAssetSource({ offline: true }),
    backend: await useBackend('wasm'),
    clock: () => performance.now(),
    now: () => '2026-01-01T00:00:00.000Z',
    environment: { engine: 'node', versions: {}, commit: 'unknown', dirty: true, architecture: 'x64', platform: 'linux', cpu: 'test', threads: 1 },
  };
}

/** The record of a run that must not fail. */
export async function doneRecord(request: CellRequest, context: CellContext): Promise<DoneRecord> {
  const record = await runCell(request, context);
  assert.equal(record.status, 'done');
  return record;
}

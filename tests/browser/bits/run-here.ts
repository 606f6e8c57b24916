import type { AssetSource } from '../../../src/assets/index.ts';
import type { CellRequest } from '../../../src/bench/index.ts';
import { runCell } from '../../../src/bench/run-cell.ts';
import type { BackendFiles } from '../../../src/tensor/index.ts';
import { useBackend } from '../../../src/tensor/index.ts';

/** What must be the same wherever a cell is run. */
export interface Bits {
  readonly asked: string;
  readonly split: string | undefined;
  readonly labelMap: string | null | undefined;
  readonly trained: string | null;
  readonly predictions: string;
  readonly correct: string | null;
  readonly frozen: string;
}

/** Runs cells on the wasm back-end of this engine, one after the other, and gives their digests. */
export async function runHere(cells: readonly CellRequest[], assets: AssetSource, files?: BackendFiles): Promise<readonly Bits[]> {
  const backend = await useBackend('wasm', files === undefined ? {} : { files });
  const environment = {
    engine: 'test',
    versions: {},
    commit: 'test',
    dirty: false,
    architecture: 'test',
    platform: 'test',
    cpu: 'test',
    threads: 1,
  };
  const answers: Bits[] = [];
  for (const cell of cells) {
    const record = await runCell(cell, { assets, backend, environment, clock: () => performance.now(), now: () => '2000-01-01T00:00:00.000Z' });
    if (record.status === 'failed') throw new Error(`${cell.methodId}: ${record.result.error}`);
    answers.push({
      asked: record.run,
      split: record.drawn.splitDigest,
      labelMap: record.drawn.mapDigest,
      trained: record.result.trainedDigest,
      predictions: record.result.predictionsDigest,
      correct: record.result.correct,
      frozen: record.result.frozenAfter,
    });
  }
  return answers;
}

import { sealRecord } from '../results/index.ts';
import type { RunCost, RunRecord, RunSpec } from '../results/index.ts';
import type { Diverged } from '../training/index.ts';
import type { CellContext } from './types.ts';

/** What every record of a run says, however the run ended. */
export function commonRecord(spec: RunSpec, seed: number, { backend, environment, now }: CellContext) {
  return {
    schema: 'atlas-run/1',
    spec,
    seed,
    env: {
      ...environment,
      versions: { ...environment.versions, ...backend.versions },
      backend: backend.name,
      kernels: backend.kernels,
      ...(backend.device ? { device: backend.device } : {}),
    },
    flags: [],
    history: { created: now() },
  } as const;
}

/** Moments of a run, in milliseconds of its clock. */
export interface Moments {
  readonly startedAt: number;
  readonly preparedAt: number;
  readonly trainedAt: number;
  readonly measuredAt: number;
  readonly endedAt: number;
}

/** What a run cost. */
export function costOfRun(at: Moments, { steps, queries }: { readonly steps: number; readonly queries: number }): RunCost {
  const trainSeconds = (at.trainedAt - at.preparedAt) / 1000;
  return {
    trainSeconds,
    evalSeconds: (at.measuredAt - at.trainedAt) / 1000,
    stepsPerSecond: steps > 0 && trainSeconds > 0 ? steps / trainSeconds : null,
    peakMemoryBytes: null,
    totalSeconds: (at.endedAt - at.startedAt) / 1000,
    queries,
  };
}

/** How many steps a course over so many examples has. */
export const stepsOfCourse = (examples: number, { batch, epochs }: { readonly batch: number; readonly epochs: number }): number =>
  Math.ceil(examples / batch) * epochs;

/** The record of a run whose training left the numbers behind. */
export function divergedRecord(spec: RunSpec, seed: number, context: CellContext, error: Diverged): RunRecord {
  return sealRecord({
    ...commonRecord(spec, seed, context),
    status: 'failed',
    drawn: null,
    params: null,
    result: { error: error.message },
    cost: null,
  });
}

/** @throws where a run changed the weights that nothing may change */
export function checkFrozen(methodId: string, modelId: string, before: string, after: string): void {
  if (after !== before) throw new Error(`${methodId} changed the frozen weights of ${modelId}: ${before} became ${after}.`);
}

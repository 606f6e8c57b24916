import type { RunSpec } from '../results/index.ts';
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
    },
    flags: [],
    history: { created: now() },
  } as const;
}

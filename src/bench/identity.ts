import { canonicalJson } from '../results/index.ts';
import type { RunRecord } from '../results/index.ts';
import type { CellRequest } from './types.ts';

/** Where a run was or will be computed, as far as its bits depend on it by promise. */
export interface Engine {
  readonly backend: string;
  readonly kernels: string;
}

/**
 * What was asked of a run, known before it is run: equal keys mean that the run needs no repeating. A record's `run`
 * says more (digests of weights and data) but only a run itself can tell it.
 */
export function requestKey(request: CellRequest, engine: Engine): string {
  const trained = request.epochs > 0;
  return canonicalJson({
    method: request.methodId,
    options: request.options,
    model: request.modelId,
    task: request.taskId,
    split: request.split,
    epochs: request.epochs,
    batch: trained ? request.batch : undefined,
    learningRate: trained ? request.learningRate : undefined,
    control: request.control,
    seed: request.seed,
    backend: engine.backend,
    kernels: engine.kernels,
  });
}

/** The request that a record answers. */
export function requestOf(record: RunRecord): CellRequest {
  const { spec } = record;
  const trained = spec.recipe !== null && spec.recipe.epochs > 0 ? spec.recipe : undefined;
  return {
    methodId: spec.method.id,
    options: spec.method.options,
    modelId: spec.model.id,
    taskId: spec.task.id,
    split: { train: spec.split.train + spec.split.validation, test: spec.split.test },
    epochs: trained?.epochs ?? 0,
    batch: spec.recipe?.batch ?? 1,
    ...(trained === undefined || trained.learningRate === null ? {} : { learningRate: trained.learningRate }),
    ...(spec.search === null ? {} : { learningRates: spec.search.grid, search: spec.search }),
    ...(spec.control === undefined ? {} : { control: spec.control }),
    seed: record.seed,
  };
}

/** The key of the request that a record answers. */
export function requestKeyOf(record: RunRecord): string {
  return requestKey(requestOf(record), record.env);
}

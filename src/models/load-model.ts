import { unknownName } from '../assets/index.ts';
import type { AssetSource } from '../assets/index.ts';
import type { Generator } from '../random/index.ts';
import { digestParams } from '../tensor/index.ts';
import { modelRows } from './catalogue.ts';
import type { ModelRow } from './catalogue.ts';
import type { FrozenModel } from './types.ts';

export const modelIds: readonly string[] = modelRows.map((row) => row.id);

/** The catalogue's row of a model; an unknown id names the nearest. */
export function modelRow(id: string): ModelRow {
  const row = modelRows.find((candidate) => candidate.id === id);
  if (!row) throw new RangeError(unknownName('model', id, modelIds));
  return row;
}

/**
 * Loads a model with the weights of its asset and freezes it. Throws `AssetUnavailable` where the asset can't be
 * had, a `RangeError` for an unknown id.
 */
export async function loadModel(id: string, source: AssetSource): Promise<FrozenModel> {
  const row = modelRow(id);
  const asset = await source.open(row.asset);
  const weights = row.read(asset);
  return {
    id,
    architecture: row.architecture,
    weights,
    digest: digestParams(weights),
    classes: row.classes(asset),
    homeMade: row.homeMade,
  };
}

/** The same architecture with freshly drawn weights: the control that a result on the trained one must beat. */
export function randomlyInitialised(model: FrozenModel, generator: Generator): FrozenModel {
  const weights = model.architecture.initialise(generator);
  return { ...model, weights, digest: digestParams(weights) };
}


import { fileURLToPath } from 'node:url';
import { nodeAssetSource } from '../assets/index.node.ts';
import { AssetUnavailable, unknownName } from '../assets/index.ts';
import type { AssetSource, OpenedAsset } from '../assets/index.ts';
import {
  imageTextModelIds,
  imageTextModelRow,
  languageModelIds,
  languageModelRow,
  loadImageTextModel,
  loadLanguageModel,
  loadModel,
  modelIds,
  modelRow,
  oneTree,
} from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { findTask, loadTask, taskIds } from '../tasks/index.ts';
import { disposeParams, useBackend } from '../tensor/index.ts';
import type { BackendName } from '../tensor/index.ts';
import { approaches } from './approaches.ts';
import { environmentHere } from './environment.node.ts';
import { runCell, runTrial } from './run-cell.ts';
import { RequestError } from './table.ts';
import type { KnownMethod, KnownNames } from './table.ts';
import type { CellContext, Progress, Runner } from './types.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const backends = ['wasm', 'cpu', 'node', 'webgpu'] as const satisfies readonly BackendName[];

/** The project's own runner: cells on the engine, data and weights from cache, mirror and repository, never from the network. */
export async function createRunner(name: string): Promise<Runner> {
  const known = backends.find((backend) => backend === name);
  if (!known) throw new RequestError(unknownName('back-end', name, backends));
  const backend = await useBackend(known).catch((error: unknown) => {
    throw new RequestError(error instanceof Error ? error.message : String(error));
  });
  const assets = keptOpen(nodeAssetSource({ offline: true }));
  const environment = environmentHere(root);
  const context = (report: (progress: Progress) => void): CellContext => ({
    assets,
    backend,
    clock: () => performance.now(),
    now: () => new Date().toISOString(),
    report,
    environment,
  });
  return {
    backend,
    run: (request, report) => runCell(request, context(report)),
    trial: (request, report) => runTrial(request, context(report)),
  };
}

/** Everything that the engine knows by name. */
export function knownNames(): KnownNames {
  const methods = approaches.map(({ id, name, options, furtherOptions, recipe }): readonly [string, KnownMethod] => [
    id,
    { name, options, ...(furtherOptions ? { furtherOptions } : {}), ...(recipe ? { learningRates: recipe.learningRates } : {}) },
  ]);
  return { methods: new Map(methods), models: [...modelIds, ...languageModelIds, ...imageTextModelIds], tasks: taskIds };
}

/** Opens what the id stands for, and says in one sentence what is missing. */
export async function whyUnavailable(id: string): Promise<string | undefined> {
  const assets = nodeAssetSource({ offline: true });
  try {
    if (modelIds.includes(id)) await assets.open(modelRow(id).asset);
    else if (languageModelIds.includes(id)) await assets.open(languageModelRow(id).asset);
    else if (imageTextModelIds.includes(id)) await assets.open(imageTextModelRow(id).asset);
    else if (!findTask(id).generated) await loadTask(id, assets);
    return undefined;
  } catch (error) {
    if (!(error instanceof AssetUnavailable)) throw error;
    return `${error.message}; "npm run fetch -- ${error.id}" brings it where a route is known`;
  }
}

/** Digests of weights as a record states them, for the models that can be had here. */
export async function weightDigests(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  await useBackend('cpu');
  const assets = nodeAssetSource({ offline: true });
  const digests = new Map<string, string>();
  for (const id of ids) {
    try {
      const { weights, digest } = await loadFrozen(id, assets);
      digests.set(id, digest);
      disposeParams(weights);
    } catch (error) {
      if (!(error instanceof AssetUnavailable)) throw error;
    }
  }
  return digests;
}

/** A model of whatever kind, with all its weights in one tree. */
async function loadFrozen(id: string, assets: AssetSource): Promise<Pick<FrozenModel, 'weights' | 'digest'>> {
  if (languageModelIds.includes(id)) return loadLanguageModel(id, assets);
  if (!imageTextModelIds.includes(id)) return loadModel(id, assets);
  const { weights, digest } = await loadImageTextModel(id, assets);
  return { weights: oneTree(weights), digest };
}

/** Every asset is opened once in a process. What can't be had is asked for again the next time. */
function keptOpen(source: AssetSource): AssetSource {
  const opened = new Map<string, Promise<OpenedAsset>>();
  return {
    open: (id) => {
      const there = opened.get(id);
      if (there) return there;
      const opening = source.open(id);
      opened.set(id, opening);
      opening.catch(() => opened.delete(id));
      return opening;
    },
  };
}

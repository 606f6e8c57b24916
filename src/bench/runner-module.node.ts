import { pathToFileURL } from 'node:url';
import type { KnownNames } from './table.ts';
import type { Runner } from './types.ts';

/** A module that runs cells: the project's own is `runner.node.ts`; tests hand in others. */
export interface RunnerModule {
  /** Makes the back-end ready. Throws one sentence when it can't be had on this machine. */
  createRunner(backend: string): Promise<Runner>;
  /** The methods, models and tasks that a table may name. */
  knownNames(): KnownNames;
  /** Why a model or task can't be had here, in one sentence; undefined when it can. */
  whyUnavailable(id: string): Promise<string | undefined>;
  /** Digests of the weights of those models that can be had here, by model. */
  weightDigests(modelIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The project's own runner. */
export const ownRunner: string = new URL('./runner.node.ts', import.meta.url).pathname;

/** Loads a runner module from its path. */
export async function loadRunner(path: string): Promise<RunnerModule> {
  const module: RunnerModule = await import(pathToFileURL(path).href);
  return module;
}

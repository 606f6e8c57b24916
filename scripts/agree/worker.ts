/** One back-end: stored cases and ten steps of every method, part by part, each written when it is done. Started by `run-backend.ts`. */
import { join } from 'node:path';
import { nodeAssetSource } from '../../src/assets/index.node.ts';
import { AssetUnavailable } from '../../src/assets/index.ts';
import { tryMethod } from '../../src/bench/index.ts';
import type { CellContext, Trial } from '../../src/bench/index.ts';
import { environmentHere } from '../../src/bench/index.node.ts';
import { runCases } from '../../src/parity/index.ts';
import type { CaseReport, FoundCase, Runner } from '../../src/parity/index.ts';
import { findRunners, readCases } from '../../src/parity/index.node.ts';
import { shortHash } from '../../src/results/index.ts';
import { DeviceUnusable, replacements, useBackend } from '../../src/tensor/index.ts';
import type { BackendInfo } from '../../src/tensor/index.ts';
import { nudgedPart, orderSchema, parityPart } from './order.ts';
import type { Order, Tidings } from './order.ts';
import { readPart, writePart, writeWhole } from './stored-part.ts';
import type { FoundBackend, ParityCase, StoredPart } from './stored-part.ts';

type Result = StoredPart['result'];

const tell = (tidings: Tidings): void => void process.send?.(tidings);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

process.on('message', (message) => {
  void work(orderSchema.parse(message)).then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
tell({ is: 'listening' });

async function work(order: Order): Promise<void> {
  let backend: BackendInfo;
  try {
    backend = await useBackend(order.backend);
  } catch (error) {
    return tell({ is: 'missing', reason: messageOf(error) });
  }
  const environment = environmentHere(order.root);
  const found = foundBackend(backend, environment);
  const { commit, kernels, versions, device } = found;
  const key = shortHash({ commit, kernels, versions, device });
  const keys = order.resume ? [key, ...order.keys] : order.keys;
  writeWhole(join(order.folder, 'backend.json'), `${JSON.stringify(found)}\n`);
  tell({ is: 'ready', key });

  const context: CellContext = {
    assets: nodeAssetSource({ offline: true }),
    backend,
    clock: () => performance.now(),
    now: () => new Date().toISOString(),
    environment,
  };
  const cases = order.kinds.length > 0 ? readCases(order.oracles, 1) : [];
  const runners = await findRunners();
  const parts = [
    ...order.trials.map((trial) => ({ part: trial.id, run: () => attemptOf(trial, context, false) })),
    ...order.trials
      .filter(({ road }) => order.isReference && road !== 'language')
      .map((trial) => ({ part: nudgedPart(trial.id), run: () => attemptOf(trial, context, true) })),
    ...order.kinds.map((kind) => ({ part: parityPart(kind), run: () => casesOf(order, kind, cases, runners) })),
  ];
  for (const { part, run } of parts) {
    if (order.except.includes(part)) continue;
    const stored = order.resume || order.keys.length > 0 ? readPart(order.folder, part) : undefined;
    if (stored && keys.includes(stored.key) && stored.result.as !== 'failed') continue;
    tell({ is: 'at', part });
    const start = performance.now();
    const { result, isUsable } = await outcomeOf(run);
    const seconds = (performance.now() - start) / 1000;
    writePart(order.folder, part, { key, seconds, result });
    tell({ is: 'done', part, seconds, outcome: inWords(result) });
    if (!isUsable) return tell({ is: 'unusable', part });
  }
  tell({ is: 'end' });
}

function foundBackend(backend: BackendInfo, { cpu, commit, dirty, architecture, platform, engine }: CellContext['environment']): FoundBackend {
  const { kernels, versions, device } = backend;
  return {
    kernels,
    versions: { ...versions },
    engine,
    commit,
    dirty,
    architecture,
    platform,
    cpu,
    device: device ? { name: device.name, vendor: device.vendor, architecture: device.architecture, driver: device.driver } : null,
    detours: backend.name === 'webgpu' ? replacements.map(({ name: kernel, fails, instead }) => ({ kernel, fails, instead })) : [],
    created: new Date().toISOString(),
  };
}

/** What a part came to; after a device became unusable nothing more can be computed in this process. */
async function outcomeOf(run: () => Promise<Result>): Promise<{ readonly result: Result; readonly isUsable: boolean }> {
  try {
    return { result: await run(), isUsable: true };
  } catch (error) {
    const result: Result = { as: 'failed', reason: messageOf(error), lacking: error instanceof AssetUnavailable };
    return { result, isUsable: !(error instanceof DeviceUnusable) };
  }
}

const inWords = (result: Result): string =>
  result.as === 'failed' ? result.reason : result.as === 'parity' ? `${result.cases.length} cases` : `${result.attempt.steps} steps`;

async function attemptOf(trial: Trial, context: CellContext, isNudged: boolean): Promise<Result> {
  const attempt = await tryMethod(trial, context, isNudged);
  return { as: 'attempt', attempt: { ...attempt, parameters: { ...attempt.parameters }, losses: [...attempt.losses], predictions: [...attempt.predictions] } };
}

/** A case holds on to nothing, so that a device which the kind before made unusable can be opened again. */
async function casesOf({ backend }: Order, kind: string, cases: readonly FoundCase[], runners: ReadonlyMap<string, Runner>): Promise<Result> {
  await useBackend(backend);
  const own = cases.filter((found) => 'oracle' in found && found.oracle.kind === kind);
  return { as: 'parity', cases: (await runCases(own, runners)).map(caseAsFactor) };
}

/** Cases are read with their own tolerances, so an error over its tolerance is how many times of it a case needs. */
function caseAsFactor({ id, worst, error }: CaseReport): ParityCase {
  if (!worst) return { id, tensor: '', factor: null, reason: error ?? 'nothing here runs its kind' };
  const factor = worst.error === null ? Infinity : worst.error === 0 ? 0 : worst.error / worst.tolerance;
  return { id, tensor: worst.tensor, factor: Number.isFinite(factor) ? factor : null, reason: error };
}

import { z } from 'zod';
import { canonicalJson } from '../results/index.ts';
import type { GridSearch } from './grid.ts';
import type { Engine } from './identity.ts';
import type { Search, TrialRequest } from './types.ts';

/** One trial as a line of `<table>.search.jsonl`: what was asked, where, and what came out. */
export const trialSchema = z.strictObject({
  schema: z.literal('atlas-trial/1'),
  /** The search that it belongs to: row and model. */
  search: z.string(),
  /** Everything asked of the trial, as canonical JSON. */
  asked: z.string(),
  backend: z.string(),
  kernels: z.string(),
  learningRate: z.number().positive(),
  /** Accuracy on the held-out pictures; null when training diverged. */
  value: z.number().nullable(),
  seconds: z.number().min(0),
  created: z.iso.datetime(),
});

export type TrialLine = z.output<typeof trialSchema>;

/** The trials of a search, one for each rate of its grid. */
export function trialsOf(search: GridSearch): readonly TrialRequest[] {
  return search.space.map((learningRate) => ({
    methodId: search.methodId,
    options: search.options,
    modelId: search.modelId,
    taskId: search.taskId,
    split: search.split,
    epochs: search.epochs,
    batch: search.batch,
    learningRates: search.space,
    learningRate,
    heldOut: heldOutCount(search),
    ...(search.control === undefined ? {} : { control: search.control }),
    seed: search.seed,
  }));
}

/** The line that keeps a finished trial. */
export function trialLine(
  search: GridSearch,
  trial: TrialRequest,
  engine: Engine,
  answer: { readonly value: number | null; readonly seconds: number; readonly created: string },
): TrialLine {
  return {
    schema: 'atlas-trial/1',
    search: search.key,
    asked: trialKey(trial),
    backend: engine.backend,
    kernels: engine.kernels,
    learningRate: trial.learningRate,
    ...answer,
  };
}

/**
 * Equal keys mean the same trial: it needs no repeating, on whatever back-end it was run. A rate is chosen once and is part
 * of the spec, so that one spec can be compared between back-ends.
 */
export function trialKey(trial: TrialRequest): string {
  return canonicalJson({ ...trial, learningRates: undefined });
}

/** The finished search, or undefined while a trial of its grid is missing. Of several answers the first line counts. */
export function finishedSearch(search: GridSearch, lines: readonly TrialLine[]): Search | undefined {
  const first = new Map<string, TrialLine>();
  for (const line of lines) if (!first.has(line.asked)) first.set(line.asked, line);
  const answers = trialsOf(search).flatMap((trial) => first.get(trialKey(trial)) ?? []);
  if (answers.length < search.space.length) return undefined;
  const trials = answers.map(({ learningRate, value }) => ({ learningRate, value }));
  return {
    grid: search.space,
    tunedOn: { task: search.taskId, seed: search.seed, metric: 'accuracy', heldOut: heldOutCount(search) },
    trials,
    chosen: chosenRate(trials),
  };
}

/** The rate with the highest value; of equal values the smaller rate; the smallest of all when every trial diverged. */
export function chosenRate(trials: Search['trials']): number {
  const ranked = [...trials].sort(
    (a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || a.learningRate - b.learningRate,
  );
  const [best] = ranked;
  if (!best) throw new Error('a search without trials has no rate to choose');
  return best.value === null ? Math.min(...trials.map((trial) => trial.learningRate)) : best.learningRate;
}

function heldOutCount(search: GridSearch): number {
  return Math.max(1, Math.round(search.split.train * search.heldOut));
}

import type { RunRecord } from '../results/index.ts';
import { learnCost } from './cost.ts';
import type { CostModel, Observation, Work } from './cost.ts';
import { rowKey } from './grid.ts';
import type { CellSpec, Grid, GridCell, GridSearch } from './grid.ts';
import { requestKey, requestKeyOf, requestOf } from './identity.ts';
import type { Engine } from './identity.ts';
import { finishedSearch, trialKey, trialsOf } from './search.ts';
import type { TrialLine } from './search.ts';
import type { CellRequest, Search, TrialRequest } from './types.ts';

/** One trial that has to be run before the runs that depend on its search. */
export interface PlannedTrial {
  readonly search: GridSearch;
  readonly request: TrialRequest;
  readonly seconds: number;
}

/** One run that isn't there yet. `search` names the search that must be finished before. */
export interface PlannedRun {
  readonly cell: GridCell;
  readonly seed: number;
  readonly seconds: number;
}

/** Cells that can't be run here, by reason. */
export interface Skipped {
  readonly reason: string;
  readonly runs: number;
  readonly cells: readonly string[];
}

/** What `run` would do. Seconds are of one core. */
export interface Plan {
  readonly table: string;
  readonly preset: string;
  readonly trials: readonly PlannedTrial[];
  readonly runs: readonly PlannedRun[];
  /** Searches that are finished already. */
  readonly searches: ReadonlyMap<string, Search>;
  readonly present: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
  readonly seconds: number;
  /** Of all runs and trials of the grid, present or not, that can be run here. */
  readonly wholeSeconds: number;
  /** Keys of the grid's columns, in their order. */
  readonly columns: readonly string[];
  /** How many of the runs to do have a cost that was measured (same row and model, or same model). */
  readonly measured: number;
}

/** A part of a grid: the i-th of n machines (0-based), chosen cells, chosen seeds. */
export interface Choice {
  readonly cells: readonly GridCell[];
  readonly seeds: readonly number[];
  readonly shard?: { readonly index: number; readonly count: number };
  /** Runs whose record says that they failed are planned again. */
  readonly retryFailed?: boolean;
}

/** What is known before anything is run. */
export interface Known {
  readonly engine: Engine;
  readonly records: readonly RunRecord[];
  readonly trials: readonly TrialLine[];
  /** Why a model or a task can't be had here, by id; what isn't in it can. */
  readonly unavailable: ReadonlyMap<string, string>;
}

/** Plans a part of a grid: leaves out what is there and what can't be had, and adds the trials that are missing. */
export function planGrid(grid: Grid, choice: Choice, known: Known): Plan {
  const costOf = learnCost(observations(grid, known.records));
  const status = new Map(known.records.map((record) => [requestKeyOf(record), record.status]));
  for (const record of known.records) if (record.status === 'done') status.set(requestKeyOf(record), 'done');

  const searches = new Map<string, Search>();
  const trials = new Map<string, PlannedTrial>();
  const runs: PlannedRun[] = [];
  const skipped = new Map<string, { runs: number; cells: Set<string> }>();
  let present = 0;
  let failed = 0;
  let wholeSeconds = 0;
  let measured = 0;
  const countedSearches = new Set<string>();

  const pairs = choice.cells.flatMap((cell) => choice.seeds.map((seed) => ({ cell, seed })));
  const mine = pairs.filter((_, i) => choice.shard === undefined || i % choice.shard.count === choice.shard.index);
  for (const { cell, seed } of mine) {
    const reason = reasonAgainst(cell, known.unavailable);
    if (reason !== undefined) {
      const entry = skipped.get(reason) ?? { runs: 0, cells: new Set() };
      entry.runs += 1;
      entry.cells.add(cell.id);
      skipped.set(reason, entry);
      continue;
    }
    if (cell.search && !countedSearches.has(cell.search.key)) {
      countedSearches.add(cell.search.key);
      wholeSeconds += sum(trialsOf(cell.search).map((trial) => trialSeconds(cell, trial, costOf)));
      const finished = finishedSearch(cell.search, known.trials);
      if (finished) searches.set(cell.search.key, finished);
      else for (const trial of missingTrials(cell.search, known)) {
        const key = trialKey(trial);
        trials.set(key, { search: cell.search, request: trial, seconds: trialSeconds(cell, trial, costOf) });
      }
    }
    const estimate = costOf(workOf(cell, { ...cell.spec, seed }));
    wholeSeconds += estimate.seconds;
    const request = requestFor(cell, seed, searches);
    const found = request === undefined ? undefined : status.get(requestKey(request, known.engine));
    if (found === 'done') present += 1;
    else if (found === 'failed' && choice.retryFailed !== true) failed += 1;
    else {
      runs.push({ cell, seed, seconds: estimate.seconds });
      if (estimate.basis !== 'modelled') measured += 1;
    }
  }
  const needed = new Set(runs.flatMap(({ cell }) => cell.search?.key ?? []));
  const plannedTrials = [...trials.values()].filter((trial) => needed.has(trial.search.key));
  return {
    table: grid.table.id,
    preset: grid.preset,
    trials: plannedTrials,
    runs,
    searches,
    present,
    failed,
    skipped: [...skipped].map(([reason, entry]) => ({ reason, runs: entry.runs, cells: [...entry.cells] })),
    seconds: sum([...plannedTrials, ...runs].map((job) => job.seconds)),
    wholeSeconds,
    columns: grid.columns.map((column) => column.key),
    measured,
  };
}

/** The run's full request, or undefined while its search isn't finished. */
export function requestFor(
  cell: GridCell,
  seed: number,
  searches: ReadonlyMap<string, Search>,
): CellRequest | undefined {
  if (!cell.search) return { ...cell.spec, seed };
  const search = searches.get(cell.search.key);
  return search && { ...cell.spec, seed, learningRate: search.chosen, search };
}

function reasonAgainst(cell: GridCell, unavailable: ReadonlyMap<string, string>): string | undefined {
  return unavailable.get(cell.spec.modelId) ?? unavailable.get(cell.spec.taskId);
}

function missingTrials(search: GridSearch, known: Known): readonly TrialRequest[] {
  const there = new Set(known.trials.map((line) => line.asked));
  return trialsOf(search).filter((trial) => !there.has(trialKey(trial)));
}

function workOf(cell: GridCell, request: CellRequest): Work {
  return { request, forwardMegaflops: cell.column.forwardMegaflops, cached: cell.row.epochs !== undefined };
}

/** A trial tests on its few held-out pictures alone. */
function trialSeconds(cell: GridCell, trial: TrialRequest, costOf: CostModel): number {
  const split = { train: trial.split.train, test: trial.heldOut };
  return costOf(workOf(cell, { ...trial, split })).seconds;
}

function observations(grid: Grid, records: readonly RunRecord[]): readonly Observation[] {
  const cells = new Map(grid.cells.map((cell) => [rowAndModel(cell.spec), cell]));
  return records.flatMap((record) => {
    if (record.status !== 'done') return [];
    const request = requestOf(record);
    const cell = cells.get(rowAndModel(request));
    return cell ? [{ work: workOf(cell, request), seconds: record.cost.totalSeconds }] : [];
  });
}

function rowAndModel(spec: CellSpec): string {
  return `${rowKey(spec.methodId, spec.options, spec.control)}@${spec.modelId}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

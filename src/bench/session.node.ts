import { availableParallelism } from 'node:os';
import { unknownName } from '../assets/index.ts';
import { committedPreset, expandTable, presetsOf, selectCells } from './grid.ts';
import type { Grid } from './grid.ts';
import type { Engine } from './identity.ts';
import { planGrid } from './plan.ts';
import type { Choice, Plan } from './plan.ts';
import { projectFolders, readTable, readTrials, recordsName, recordsOf, tableIds } from './project.node.ts';
import type { Folders } from './project.node.ts';
import { runGrids } from './run-grid.node.ts';
import type { GridPart, RunEvent, RunOptions, RunSummary } from './run-grid.node.ts';
import { loadRunner, ownRunner } from './runner-module.node.ts';
import type { RunnerModule } from './runner-module.node.ts';
import { RequestError } from './table.ts';
import type { TableDefinition } from './table.ts';
import { verifyRecords } from './verify.ts';
import type { Verification } from './verify.ts';

/** What is asked of the benchmark, the same for every command. */
export interface Selection {
  /** The project's folder. */
  readonly root: string;
  /** Where records and trials go instead of `benchmarks/`. */
  readonly out?: string;
  /** Table ids; all tables that have the preset where absent. */
  readonly tables?: readonly string[];
  readonly preset?: string;
  /** A cell's id, or part of ids with `*`. */
  readonly cell?: string;
  readonly seeds?: readonly number[];
  /** The i-th (0-based) of n machines. */
  readonly shard?: { readonly index: number; readonly count: number };
  readonly retryFailed?: boolean;
  /** Path of a runner module instead of the project's own. */
  readonly runner?: string;
}

/** How to run it. */
export interface Execution {
  readonly backend?: string;
  readonly workers?: number;
  readonly order?: RunOptions['order'];
  readonly signal?: AbortSignal;
  readonly report?: (event: RunEvent) => void;
}

/** A selection with its tables read and its runner loaded. */
export interface Session {
  readonly folders: Folders;
  readonly runnerPath: string;
  readonly runner: RunnerModule;
  readonly parts: readonly GridPart[];
}

/** @throws RequestError for a table, preset or cell that isn't there, naming the nearest. */
export async function openSession(selection: Selection): Promise<Session> {
  const runnerPath = selection.runner ?? ownRunner;
  const runner = await loadRunner(runnerPath);
  const folders = projectFolders(selection.root, selection.out);
  const known = runner.knownNames();
  const preset = selection.preset ?? committedPreset;
  const ids = tableIds(folders);
  if (ids.length === 0) throw new RequestError(`no table in ${folders.tables}; a table is a file <id>.yaml`);
  for (const id of selection.tables ?? []) if (!ids.includes(id)) throw new RequestError(unknownName('table', id, ids));
  const tables = (selection.tables ?? ids).map((id) => readTable(folders, id, known));
  const having = selection.tables ? tables : tables.filter((table) => presetsOf(table).includes(preset));
  if (having.length === 0) {
    throw new RequestError(`no table has this: ${unknownName('preset', preset, [...new Set(tables.flatMap(presetsOf))])}`);
  }
  const grids = having.map((table) => expandTable(table, known, preset));
  return { folders, runnerPath, runner, parts: partsOf(grids, selection) };
}

/** Every table as it is read, for a list. */
export async function openTables(selection: Selection): Promise<readonly { table: TableDefinition; grids: readonly Grid[] }[]> {
  const runner = await loadRunner(selection.runner ?? ownRunner);
  const folders = projectFolders(selection.root, selection.out);
  const known = runner.knownNames();
  return tableIds(folders).map((id) => {
    const table = readTable(folders, id, known);
    return { table, grids: presetsOf(table).map((preset) => expandTable(table, known, preset)) };
  });
}

/** What `run` would do, per table. */
export async function planSession(session: Session, backend = 'wasm'): Promise<readonly Plan[]> {
  const engine = await engineOf(session.runner, backend);
  const unavailable = await missingAssets(session);
  return session.parts.map(({ grid, choice }) => {
    const { records } = recordsOf(session.folders, recordsName(grid.table.id, grid.preset));
    return planGrid(grid, choice, { engine, records, trials: readTrials(session.folders, grid.table.id), unavailable });
  });
}

/** Runs what is missing. */
export async function runSession(session: Session, execution: Execution = {}): Promise<RunSummary> {
  const backend = execution.backend ?? 'wasm';
  return runGrids(session.parts, {
    folders: session.folders,
    engine: await engineOf(session.runner, backend),
    runner: session.runnerPath,
    backend,
    workers: execution.workers ?? availableParallelism(),
    order: execution.order ?? 'longest',
    unavailable: await missingAssets(session),
    ...(execution.signal ? { signal: execution.signal } : {}),
    ...(execution.report ? { report: execution.report } : {}),
  });
}

/** Looks at what is stored; runs nothing. */
export async function verifySession(session: Session): Promise<readonly Verification[]> {
  const models = new Set(session.parts.flatMap(({ grid }) => grid.columns.map((column) => column.modelId)));
  const weights = await session.runner.weightDigests([...models]);
  return session.parts.map(({ grid }) => {
    const name = recordsName(grid.table.id, grid.preset);
    const { records } = recordsOf(session.folders, name);
    return verifyRecords(name, grid, records, readTrials(session.folders, grid.table.id), weights);
  });
}

function partsOf(grids: readonly Grid[], selection: Selection): readonly GridPart[] {
  const { cell } = selection;
  const all = grids.flatMap((grid) => grid.cells);
  const wanted = new Set(cell === undefined ? all : selectCells(all, cell));
  const parts = grids.map((grid) => ({ grid, choice: choiceOf(grid, selection, wanted) }));
  return parts.filter(({ choice }) => choice.cells.length > 0);
}

function choiceOf(grid: Grid, selection: Selection, wanted: ReadonlySet<Grid['cells'][number]>): Choice {
  for (const seed of selection.seeds ?? []) {
    if (seed === grid.table.tuning.seed) throw new RequestError(`seed ${seed} is the tuning draw of table "${grid.table.id}"; choose another`);
  }
  return {
    cells: grid.cells.filter((cell) => wanted.has(cell)),
    seeds: selection.seeds ?? grid.seeds,
    ...(selection.shard ? { shard: selection.shard } : {}),
    ...(selection.retryFailed === undefined ? {} : { retryFailed: selection.retryFailed }),
  };
}

async function engineOf(runner: RunnerModule, backend: string): Promise<Engine> {
  const { backend: info } = await runner.createRunner(backend);
  return { backend: info.name, kernels: info.kernels };
}

async function missingAssets({ parts, runner }: Session): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(parts.flatMap(({ choice }) => choice.cells.flatMap(({ spec }) => [spec.modelId, spec.taskId])));
  const reasons = new Map<string, string>();
  for (const id of ids) {
    const reason = await runner.whyUnavailable(id);
    if (reason !== undefined) reasons.set(id, reason);
  }
  return reasons;
}

import type { RunRecord } from '../results/index.ts';
import type { Grid } from './grid.ts';
import { requestKey, requestKeyOf } from './identity.ts';
import type { Engine } from './identity.ts';
import type { Answer, Failure, Job } from './messages.ts';
import { planGrid, requestFor } from './plan.ts';
import type { Choice, Plan, PlannedRun, PlannedTrial } from './plan.ts';
import { workThrough } from './pool.node.ts';
import type { JobSource } from './pool.node.ts';
import { appendTrial, gather, readTrials, recordsName, recordsOf } from './project.node.ts';
import type { Folders } from './project.node.ts';
import { finishedSearch, trialLine } from './search.ts';
import type { TrialLine } from './search.ts';
import { RequestError } from './table.ts';
import type { Progress, Search } from './types.ts';

/** A part of a grid that is to be run. */
export interface GridPart {
  readonly grid: Grid;
  readonly choice: Choice;
}

export interface RunOptions {
  readonly folders: Folders;
  readonly engine: Engine;
  /** Path of the runner module. */
  readonly runner: string;
  readonly backend: string;
  readonly workers: number;
  /** `longest`: long jobs first, so that all workers end together. `table`: columns in their order, long jobs first within one. */
  readonly order: 'longest' | 'table';
  readonly unavailable: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
  readonly report?: (event: RunEvent) => void;
}

/** What happens while a grid runs. `secondsLeft` is wall-clock time, an estimate that learns from what is done. */
export type RunEvent =
  | { readonly type: 'started'; readonly plans: readonly Plan[]; readonly jobs: number; readonly secondsLeft: number }
  | { readonly type: 'progress'; readonly label: string; readonly progress: Progress; readonly secondsLeft: number }
  | {
      readonly type: 'done';
      readonly label: string;
      readonly outcome: string;
      readonly done: number;
      readonly jobs: number;
      readonly seconds: number;
      readonly secondsLeft: number;
    }
  | { readonly type: 'note'; readonly message: string };

export interface RunSummary {
  readonly plans: readonly Plan[];
  /** Records that this call made, in the order of their ends. */
  readonly made: readonly RunRecord[];
  readonly trials: number;
  readonly failures: readonly { readonly label: string; readonly failure: Failure }[];
  readonly seconds: number;
  readonly interrupted: boolean;
}

/**
 * Runs what is missing of some grids with worker processes: first the trials that a run depends on, then the run. Whole
 * lines are on disk before a job counts as done; what an earlier call left is gathered and not done again.
 */
export async function runGrids(parts: readonly GridPart[], options: RunOptions): Promise<RunSummary> {
  const { folders, engine } = options;
  const notes = new Set<string>();
  const states = parts.map(({ grid, choice }): PartState => {
    const name = recordsName(grid.table.id, grid.preset);
    for (const note of gather(folders, name).notes) notes.add(note);
    const { records, notes: reading } = recordsOf(folders, name);
    for (const note of reading) notes.add(note);
    const trials = [...readTrials(folders, grid.table.id)];
    const plan = planGrid(grid, choice, { engine, records, trials, unavailable: options.unavailable });
    const kept = records.filter((record) => record.status === 'done' || choice.retryFailed !== true);
    return { name, plan, trials, searches: new Map(plan.searches), present: new Set(kept.map(requestKeyOf)) };
  });
  for (const message of notes) options.report?.({ type: 'note', message });

  const source = new GridSource(states, options);
  options.report?.({ type: 'started', plans: states.map(({ plan }) => plan), jobs: source.jobs, secondsLeft: source.secondsLeft() });
  const started = performance.now();
  try {
    if (source.jobs > 0) {
      await workThrough(source, {
        workers: Math.min(options.workers, source.jobs),
        runner: options.runner,
        backend: options.backend,
        ...(options.signal ? { signal: options.signal } : {}),
      });
    }
  } finally {
    for (const { name } of states) {
      for (const message of gather(folders, name).notes) options.report?.({ type: 'note', message });
    }
  }
  return {
    plans: states.map(({ plan }) => plan),
    made: source.made,
    trials: source.trialsDone,
    failures: source.failures,
    seconds: (performance.now() - started) / 1000,
    interrupted: options.signal?.aborted ?? false,
  };
}

interface PartState {
  readonly name: string;
  readonly plan: Plan;
  readonly trials: TrialLine[];
  readonly searches: Map<string, Search>;
  /** Keys of runs that turn out to be there once their learning rate is known. */
  readonly present: ReadonlySet<string>;
}

type Task = { readonly state: PartState; readonly seconds: number; readonly label: string } & (
  | { readonly kind: 'trial'; readonly trial: PlannedTrial }
  | { readonly kind: 'run'; readonly run: PlannedRun }
);

/** The jobs of some plans, in an order that keeps trials before the runs that need them. */
class GridSource implements JobSource {
  readonly made: RunRecord[] = [];
  readonly failures: { label: string; failure: Failure }[] = [];
  readonly jobs: number;
  trialsDone = 0;
  readonly #options: RunOptions;
  readonly #waiting: Task[];
  readonly #inWork = new Map<string, { task: Task; progress: number }>();
  #done = 0;
  #expectedDone = 0;
  #spent = 0;

  constructor(states: readonly PartState[], options: RunOptions) {
    this.#options = options;
    this.#waiting = states.flatMap((state) => tasksOf(state)).sort(orders[options.order]);
    this.jobs = this.#waiting.length;
  }

  next(): Job | 'wait' | 'none' {
    for (const [i, task] of this.#waiting.entries()) {
      const job = this.#jobOf(task);
      if (job === 'later') continue;
      this.#waiting.splice(i, 1);
      if (job === 'dropped') {
        this.#done += 1;
        return this.next();
      }
      this.#inWork.set(job.id, { task, progress: 0 });
      return job;
    }
    if (this.#waiting.length > 0 && this.#inWork.size > 0) return 'wait';
    return 'none';
  }

  answered(job: Job, answer: Answer): void {
    const task = this.#finish(job, answer.seconds);
    if (!task) return;
    if (task.kind === 'trial' && answer.kind === 'trial') this.#keepTrial(task, answer);
    if (job.kind === 'run' && answer.kind === 'run') {
      const asked = requestKey(job.request, this.#options.engine);
      if (requestKeyOf(answer.record) !== asked) {
        throw new RequestError(`${task.label}: the record answers ${requestKeyOf(answer.record)} where ${asked} was asked`);
      }
      this.made.push(answer.record);
      if (answer.record.status === 'failed') {
        this.failures.push({ label: task.label, failure: { reason: 'error', message: answer.record.result.error } });
      }
    }
    this.#tell(task, outcomeOf(answer), answer.seconds);
  }

  failed(job: Job, failure: Failure): void {
    const task = this.#finish(job, 0);
    if (!task) return;
    this.failures.push({ label: task.label, failure });
    this.#tell(task, `failed: ${failure.message}`, 0);
    if (task.kind === 'trial') this.#dropDependents(task, failure);
  }

  progressed(job: Job, progress: Progress): void {
    const entry = this.#inWork.get(job.id);
    if (!entry) return;
    entry.progress = progress.stage === 'train' && progress.total > 0 ? progress.done / progress.total : entry.progress;
    this.#options.report?.({ type: 'progress', label: entry.task.label, progress, secondsLeft: this.secondsLeft() });
  }

  /** Expected seconds of what is left, corrected by how the expectation did so far, shared among the workers. */
  secondsLeft(): number {
    const waiting = this.#waiting.reduce((sum, task) => sum + task.seconds, 0);
    const inWork = [...this.#inWork.values()].map(({ task, progress }) => task.seconds * (1 - progress));
    const correction = this.#expectedDone > 0 ? this.#spent / this.#expectedDone : 1;
    const shared = (waiting + inWork.reduce((sum, seconds) => sum + seconds, 0)) / Math.max(1, this.#options.workers);
    return Math.max(shared, ...inWork) * correction;
  }

  #jobOf(task: Task): Job | 'later' | 'dropped' {
    const { state } = task;
    if (task.kind === 'trial') return { kind: 'trial', id: `${state.name} ${task.label}`, request: task.trial.request };
    const request = requestFor(task.run.cell, task.run.seed, state.searches);
    if (!request) return 'later';
    if (state.present.has(requestKey(request, this.#options.engine))) return 'dropped';
    return {
      kind: 'run',
      id: `${state.name} ${task.label}`,
      request,
      into: { folder: this.#options.folders.records, name: state.name },
    };
  }

  #finish(job: Job, seconds: number): Task | undefined {
    const entry = this.#inWork.get(job.id);
    this.#inWork.delete(job.id);
    if (!entry) return undefined;
    this.#done += 1;
    if (seconds > 0) {
      this.#expectedDone += entry.task.seconds;
      this.#spent += seconds;
    }
    return entry.task;
  }

  #keepTrial(task: Extract<Task, { kind: 'trial' }>, answer: Extract<Answer, { kind: 'trial' }>): void {
    const { state, trial } = task;
    const line = trialLine(trial.search, trial.request, this.#options.engine, {
      value: answer.value,
      seconds: answer.seconds,
      created: new Date().toISOString(),
    });
    appendTrial(this.#options.folders, state.plan.table, line);
    state.trials.push(line);
    this.trialsDone += 1;
    const finished = finishedSearch(trial.search, state.trials);
    if (finished) state.searches.set(trial.search.key, finished);
  }

  /** Runs whose learning rate can't be chosen any more. */
  #dropDependents(task: Extract<Task, { kind: 'trial' }>, failure: Failure): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--) {
      const waiting = this.#waiting[i];
      if (waiting?.kind !== 'run' || waiting.state !== task.state) continue;
      if (waiting.run.cell.search?.key !== task.trial.search.key) continue;
      this.#waiting.splice(i, 1);
      this.#done += 1;
      this.failures.push({ label: waiting.label, failure: { ...failure, message: `no learning rate: ${failure.message}` } });
    }
  }

  #tell(task: Task, outcome: string, seconds: number): void {
    const { jobs } = this;
    this.#options.report?.({
      type: 'done',
      label: task.label,
      outcome,
      done: this.#done,
      jobs,
      seconds,
      secondsLeft: this.secondsLeft(),
    });
  }
}

function tasksOf(state: PartState): readonly Task[] {
  const { trials, runs } = state.plan;
  return [
    ...trials.map(
      (trial): Task => ({
        kind: 'trial',
        state,
        trial,
        seconds: trial.seconds,
        label: `trial ${trial.search.key} at ${trial.request.learningRate}`,
      }),
    ),
    ...runs.map((run): Task => ({ kind: 'run', state, run, seconds: run.seconds, label: `${run.cell.id} seed ${run.seed}` })),
  ];
}

const trialsFirst = (a: Task, b: Task): number => Number(a.kind === 'run') - Number(b.kind === 'run');
const longestFirst = (a: Task, b: Task): number => b.seconds - a.seconds;

/** Where in its table a task's column stands; a trial stands with the first column of its model. */
function columnOf(task: Task): number {
  const { columns } = task.state.plan;
  const key = task.kind === 'run' ? task.run.cell.column.key : `${task.trial.search.modelId}/${task.trial.search.taskId}`;
  return columns.indexOf(key);
}

const orders: Readonly<Record<RunOptions['order'], (a: Task, b: Task) => number>> = {
  longest: (a, b) => trialsFirst(a, b) || longestFirst(a, b),
  table: (a, b) => columnOf(a) - columnOf(b) || trialsFirst(a, b) || longestFirst(a, b),
};

function outcomeOf(answer: Answer): string {
  if (answer.kind === 'trial') return answer.value === null ? 'diverged' : `held-out accuracy ${answer.value.toFixed(3)}`;
  const { record } = answer;
  if (record.status === 'failed') return `failed: ${record.result.error}`;
  const accuracy = record.result.metrics.find((metric) => metric.name === 'accuracy') ?? record.result.metrics[0];
  return accuracy ? `${accuracy.name} ${accuracy.value.toFixed(3)}` : 'done';
}

import { availableParallelism } from 'node:os';
import { unknownName } from '../assets/index.ts';
import { currentRecords } from '../results/index.ts';
import type { RunRecord } from '../results/index.ts';
import { readRecordFolder } from '../results/index.node.ts';
import { compareRecords } from './compare.ts';
import type { Comparison, Verdict } from './compare.ts';
import { rowKey } from './grid.ts';
import { requestOf } from './identity.ts';
import type { Failure, Job } from './messages.ts';
import { workThrough } from './pool.node.ts';
import type { JobSource } from './pool.node.ts';
import { projectFolders } from './project.node.ts';
import { ownRunner } from './runner-module.node.ts';
import { drawSample } from './sample.ts';
import type { SampleSize } from './sample.ts';
import { RequestError } from './table.ts';

/** A record that was run again. */
export interface Reproduced {
  readonly id: string;
  /** `ilm-vp,program=padding@doodlenet/mnist seed 3`. */
  readonly label: string;
  readonly table: string;
  /** `failed`: the rerun came to no record. */
  readonly verdict: Verdict | 'failed';
  readonly reason: string;
  readonly accuracyDifference?: number;
  readonly agreement?: number;
  readonly seconds: number;
}

export interface Reproduction {
  readonly reproduced: readonly Reproduced[];
  /** Records that can't be run here, with the reason. */
  readonly skipped: readonly { readonly label: string; readonly reason: string }[];
  /** `10 of 10 runs: same bits`. */
  readonly sentence: string;
  /** Something was run, and nothing differs beyond tolerance. */
  readonly isGood: boolean;
  readonly interrupted: boolean;
}

export interface ReproduceOptions {
  readonly root: string;
  /** A table's id, a record's id or run, or a cell's key as its page shows it; all committed tables where absent. */
  readonly name?: string;
  readonly sample?: SampleSize;
  /** Which sample. */
  readonly seed?: number;
  /** `wasm` where absent. */
  readonly backend?: string;
  readonly workers?: number;
  readonly runner?: string;
  readonly signal?: AbortSignal;
  readonly report?: (event: { readonly done: number; readonly total: number; readonly latest: Reproduced }) => void;
}

interface Committed {
  readonly table: string;
  readonly record: RunRecord;
}

/**
 * Runs committed records again from what they state and compares digests of trained parameters and predictions.
 * @throws RequestError when nothing bears the name.
 */
export async function reproduce(options: ReproduceOptions): Promise<Reproduction> {
  const all = committedRecords(options.root);
  const named = options.name === undefined ? all : recordsNamed(all, options.name);
  if (named.length === 0) throw new RequestError('there is no committed record; "npm run bench -- run" makes some');
  const chosen = options.sample ? drawSample(named, options.sample, options.seed ?? 0) : named;
  const source = new RerunSource(chosen, options.report);
  await workThrough(source, {
    workers: Math.min(options.workers ?? availableParallelism(), chosen.length),
    runner: options.runner ?? ownRunner,
    backend: options.backend ?? 'wasm',
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return summarise(source.reproduced, source.skipped, options.signal?.aborted ?? false);
}

function committedRecords(root: string): readonly Committed[] {
  const { stored } = readRecordFolder(projectFolders(root).records);
  const current = new Set(currentRecords(stored.map(({ record }) => record)).map((record) => record.id));
  return stored.filter(({ record }) => current.has(record.id) && record.status === 'done');
}

function recordsNamed(all: readonly Committed[], name: string): readonly Committed[] {
  const found = all.filter(
    ({ table, record }) => table === name || record.id === name || record.run === name || cellLabels(record).includes(name),
  );
  if (found.length > 0) return found;
  const isHash = /^[0-9a-f]{6,24}$/.test(name);
  const begins = isHash ? all.filter(({ record }) => record.id.startsWith(name) || record.run.startsWith(name)) : [];
  if (begins.length > 0) return begins;
  const names = [...new Set(all.flatMap(({ table, record }) => [table, cellLabel(record)]))];
  throw new RequestError(`${unknownName('table, record or cell', name, names)}`);
}

class RerunSource implements JobSource {
  readonly reproduced: Reproduced[] = [];
  readonly skipped: { label: string; reason: string }[] = [];
  readonly #waiting: Committed[];
  readonly #inWork = new Map<string, Committed>();
  readonly #total: number;
  readonly #report: ReproduceOptions['report'];

  constructor(chosen: readonly Committed[], report: ReproduceOptions['report']) {
    this.#waiting = [...chosen].sort((a, b) => (b.record.cost?.totalSeconds ?? 0) - (a.record.cost?.totalSeconds ?? 0));
    this.#total = chosen.length;
    this.#report = report;
  }

  next(): Job | 'none' {
    const committed = this.#waiting.shift();
    if (!committed) return 'none';
    const { record } = committed;
    this.#inWork.set(record.id, committed);
    return { kind: 'run', id: record.id, request: requestOf(record) };
  }

  answered(job: Job, answer: Parameters<JobSource['answered']>[1]): void {
    const committed = this.#inWork.get(job.id);
    if (!committed || answer.kind !== 'run') return;
    const comparison = compareRecords(committed.record, answer.record);
    this.#keep({ ...reproducedFrom(committed, comparison), seconds: answer.seconds });
  }

  failed(job: Job, failure: Failure): void {
    const committed = this.#inWork.get(job.id);
    if (!committed) return;
    const label = labelOf(committed.record);
    if (failure.reason === 'unavailable') this.skipped.push({ label, reason: failure.message });
    else this.#keep({ id: committed.record.id, label, table: committed.table, verdict: 'failed', reason: failure.message, seconds: 0 });
  }

  #keep(latest: Reproduced): void {
    this.reproduced.push(latest);
    this.#report?.({ done: this.reproduced.length + this.skipped.length, total: this.#total, latest });
  }
}

function reproducedFrom({ table, record }: Committed, comparison: Comparison): Omit<Reproduced, 'seconds'> {
  return { id: record.id, label: labelOf(record), table, ...comparison };
}

function summarise(
  reproduced: readonly Reproduced[],
  skipped: Reproduction['skipped'],
  interrupted: boolean,
): Reproduction {
  const verdicts = ['same bits', 'within tolerance', 'different', 'failed'] as const;
  const total = reproduced.length;
  const parts = verdicts.flatMap((verdict) => {
    const n = reproduced.filter((one) => one.verdict === verdict).length;
    return n === 0 ? [] : [`${n} of ${total} runs: ${verdict}`];
  });
  const missing = skipped.length === 0 ? [] : [`${skipped.length} skipped`];
  return {
    reproduced,
    skipped,
    sentence: [...(total === 0 ? ['nothing was compared'] : parts), ...missing].join('; '),
    isGood: total > 0 && reproduced.every(({ verdict }) => verdict === 'same bits' || verdict === 'within tolerance'),
    interrupted,
  };
}

function labelOf(record: RunRecord): string {
  return `${cellLabel(record)} seed ${record.seed}`;
}

/** The names of a record's cell: a task drawn in several sizes adds how many training examples were drawn. */
function cellLabels(record: RunRecord): readonly string[] {
  return [cellLabel(record), `${cellLabel(record)}/${record.spec.split.train}`];
}

function cellLabel({ spec }: RunRecord): string {
  return `${rowKey(spec.method.id, spec.method.options, spec.control)}@${spec.model.id}/${spec.task.id}`;
}

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Answer, Failure, Job, ToWorker } from './messages.ts';
import { isFromWorker } from './messages.ts';
import { RequestError } from './table.ts';
import type { Progress } from './types.ts';

/** Hands out jobs one at a time: `wait` while what is left depends on jobs in work, `none` when nothing is left. */
export interface JobSource {
  next(): Job | 'wait' | 'none';
  answered(job: Job, answer: Answer): void;
  failed(job: Job, failure: Failure): void;
  progressed?(job: Job, progress: Progress): void;
}

export interface PoolOptions {
  readonly workers: number;
  /** Path of the runner module. */
  readonly runner: string;
  readonly backend: string;
  /** Ends the workers; jobs in work are lost. */
  readonly signal?: AbortSignal;
}

/** A job whose worker died or lost its device is given to another worker this many times before it counts as failed. */
const secondChances = 1;

/**
 * Works through a source with worker processes. A worker that dies, or whose graphics device becomes unusable, loses only its
 * job, which is tried once more; another worker takes its place.
 * Resolves when nothing is left or the signal aborts.
 * @throws RequestError when no worker can be started (a back-end that isn't there).
 */
export async function workThrough(source: JobSource, options: PoolOptions): Promise<void> {
  const { signal } = options;
  if (signal?.aborted) return;
  const again: Job[] = [];
  const losses = new Map<string, number>();
  const unusable = new Set<ChildProcess>();
  const idle = new Set<ChildProcess>();
  const inWork = new Map<ChildProcess, Job>();
  const alive = new Set<ChildProcess>();

  await new Promise<void>((resolve, reject) => {
    let over = false;
    const finish = (error?: Error): void => {
      if (over) return;
      over = true;
      signal?.removeEventListener('abort', abort);
      const ending = [...alive].map((worker) => new Promise((ended) => worker.once('exit', ended)));
      for (const worker of alive) worker.kill('SIGKILL');
      void Promise.all(ending).then(() => (error ? reject(error) : resolve()));
    };
    const abort = (): void => finish();
    signal?.addEventListener('abort', abort);

    const feed = (): void => {
      for (const worker of idle) {
        const job = again.shift() ?? source.next();
        if (job === 'wait') return;
        if (job === 'none') break;
        idle.delete(worker);
        inWork.set(worker, job);
        tell(worker, { type: 'job', job });
      }
      if (inWork.size === 0 && idle.size > 0 && again.length === 0) finish();
    };

    /** Calls back into the source; a mistake there ends the work instead of leaving workers behind. */
    const settle = (worker: ChildProcess, report: (job: Job) => void): void => {
      const job = inWork.get(worker);
      inWork.delete(worker);
      try {
        if (job) report(job);
      } catch (error) {
        finish(error instanceof Error ? error : new Error(String(error)));
      }
    };

    const onceMore = (job: Job, failure: (times: number) => Failure): void => {
      const times = (losses.get(job.id) ?? 0) + 1;
      losses.set(job.id, times);
      if (times <= secondChances) again.push(job);
      else source.failed(job, failure(times));
    };

    /** Its end starts another. */
    const replace = (worker: ChildProcess): void => {
      unusable.add(worker);
      worker.kill('SIGKILL');
    };

    const start = (): void => {
      const worker = fork(new URL('./worker.node.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      alive.add(worker);
      worker.on('message', (message: unknown) => {
        if (over || !isFromWorker(message)) return;
        if (message.type === 'listening') tell(worker, { type: 'start', runner: options.runner, backend: options.backend });
        else if (message.type === 'broken') finish(new RequestError(message.message));
        else if (message.type === 'progress') {
          const job = inWork.get(worker);
          if (job) source.progressed?.(job, message.progress);
        } else {
          if (message.type === 'answer') settle(worker, (job) => source.answered(job, message.answer));
          if (message.type === 'failure' && message.failure.reason === 'device') {
            settle(worker, (job) => onceMore(job, () => message.failure));
            if (!over) replace(worker);
            return;
          }
          if (message.type === 'failure') settle(worker, (job) => source.failed(job, message.failure));
          idle.add(worker);
          if (!over) feed();
        }
      });
      worker.on('exit', (code, killedBy) => {
        alive.delete(worker);
        idle.delete(worker);
        if (over) return;
        const isReplaced = inWork.has(worker) || unusable.delete(worker);
        settle(worker, (job) =>
          onceMore(job, (times) => ({ reason: 'died', message: `its worker process ended (${killedBy ?? `code ${code}`}), ${times} times` })),
        );
        if (over) return;
        if (isReplaced) start();
        else finish(new Error(`a worker process ended before it was ready (${killedBy ?? `code ${code}`})`));
      });
    };
    for (let i = 0; i < Math.max(1, options.workers); i++) start();
  });
}

function tell(worker: ChildProcess, message: ToWorker): void {
  if (worker.connected) worker.send(message);
}

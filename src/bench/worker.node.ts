import { openShard } from '../results/index.node.ts';
import type { RecordWriter } from '../results/index.node.ts';
import { isToWorker } from './messages.ts';
import type { Answer, Failure, FromWorker, Job, RunJob } from './messages.ts';
import { loadRunner } from './runner-module.node.ts';
import type { Progress, Runner } from './types.ts';

/**
 * A worker process: makes a back-end ready once, then answers one job after another. It writes a run's record to its own
 * shard before it answers, so that a kill of the parent loses nothing that is done.
 */
const shards = new Map<string, RecordWriter>();
const shardName = `${process.pid}-${Date.now().toString(36)}`;
const leastMillisecondsBetweenReports = 200;
let runner: Runner | undefined;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent ends its workers
process.on('message', (message: unknown) => {
  if (isToWorker(message)) void (message.type === 'start' ? start(message.runner, message.backend) : work(message.job));
});
send({ type: 'listening' });

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

async function start(path: string, backend: string): Promise<void> {
  try {
    const module = await loadRunner(path);
    runner = await module.createRunner(backend);
    send({ type: 'ready', backend: runner.backend });
  } catch (error) {
    send({ type: 'broken', message: messageOf(error) });
  }
}

async function work(job: Job): Promise<void> {
  try {
    if (!runner) throw new Error('a job came before the back-end was ready');
    send({ type: 'answer', id: job.id, answer: await answer(runner, job) });
  } catch (error) {
    send({ type: 'failure', id: job.id, failure: failureOf(error) });
  }
}

async function answer(runner: Runner, job: Job): Promise<Answer> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const report = reporter(job.id);
  if (job.kind === 'trial') {
    const { value } = await runner.trial(job.request, report);
    return { kind: 'trial', value, seconds: seconds() };
  }
  const record = await runner.run(job.request, report);
  if (job.into && process.connected) shardOf(job.into).append(record);
  return { kind: 'run', record, seconds: seconds() };
}

function shardOf(into: NonNullable<RunJob['into']>): RecordWriter {
  const key = JSON.stringify(into);
  const open = shards.get(key) ?? openShard(into.folder, into.name, shardName);
  shards.set(key, open);
  return open;
}

/** Passes progress on, but not so often that it costs anything. */
function reporter(id: string): (progress: Progress) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < leastMillisecondsBetweenReports) return;
    last = now;
    send({ type: 'progress', id, progress });
  };
}

function failureOf(error: unknown): Failure {
  const reason = error instanceof Error ? reasons[error.name] : undefined;
  return { reason: reason ?? 'error', message: messageOf(error) };
}

/** By the name of what was thrown. */
const reasons: Readonly<Record<string, Failure['reason']>> = { AssetUnavailable: 'unavailable', DeviceUnusable: 'device' };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

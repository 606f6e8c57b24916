import type { RunRecord } from '../results/index.ts';
import type { BackendInfo } from '../tensor/index.ts';
import type { CellRequest, Progress, TrialRequest } from './types.ts';

/** Something for a worker to do. */
export type Job = RunJob | TrialJob;

export interface RunJob {
  readonly kind: 'run';
  readonly id: string;
  readonly request: CellRequest;
  /** Where the worker appends the record before it answers; nowhere if absent. */
  readonly into?: { readonly folder: string; readonly name: string };
}

export interface TrialJob {
  readonly kind: 'trial';
  readonly id: string;
  readonly request: TrialRequest;
}

/** What a job came to. */
export type Answer =
  | { readonly kind: 'run'; readonly record: RunRecord; readonly seconds: number }
  | { readonly kind: 'trial'; readonly value: number | null; readonly seconds: number };

/**
 * `unavailable`: data or weights can't be had here. `error`: the run threw. `died`: the worker process ended. `device`: the
 * worker's graphics device became unusable, so that it can run nothing more.
 */
export interface Failure {
  readonly reason: 'unavailable' | 'error' | 'died' | 'device';
  readonly message: string;
}

export type ToWorker =
  | { readonly type: 'start'; readonly runner: string; readonly backend: string }
  | { readonly type: 'job'; readonly job: Job };

export type FromWorker =
  | { readonly type: 'listening' }
  | { readonly type: 'ready'; readonly backend: BackendInfo }
  | { readonly type: 'broken'; readonly message: string }
  | { readonly type: 'progress'; readonly id: string; readonly progress: Progress }
  | { readonly type: 'answer'; readonly id: string; readonly answer: Answer }
  | { readonly type: 'failure'; readonly id: string; readonly failure: Failure };

const toWorker = ['start', 'job'];
const fromWorker = ['listening', 'ready', 'broken', 'progress', 'answer', 'failure'];

/** Whether a message is one that a parent sends to its worker. */
export function isToWorker(message: unknown): message is ToWorker {
  return hasType(message, toWorker);
}

/** Whether a message is one that a worker sends to its parent. */
export function isFromWorker(message: unknown): message is FromWorker {
  return hasType(message, fromWorker);
}

function hasType(message: unknown, types: readonly string[]): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string' && types.includes(message.type)
  );
}

import { canonicalJson, shortHash } from './canonical.ts';
import type { DoneRecord, FailedRecord, RunRecord, RunSpec } from './record.ts';

/** A record before its two hashes are known. */
export type UnsealedRecord = Omit<DoneRecord, 'run' | 'id'> | Omit<FailedRecord, 'run' | 'id'>;

/** *What* was asked: the hash of spec, seed, back-end and kernel variant (24 hex digits). */
export function runKey(spec: RunSpec, seed: number, backend: string, kernels: string): string {
  return shortHash({ spec, seed, backend, kernels });
}

/** All runs of one spec on one back-end: the hash of spec, back-end and kernel variant (24 hex digits). */
export function cellKey(spec: RunSpec, backend: string, kernels: string): string {
  return shortHash({ spec, backend, kernels });
}

/** The cell that a record belongs to. */
export function cellKeyOf(record: RunRecord): string {
  return cellKey(record.spec, record.env.backend, record.env.kernels);
}

/** *Which* answer: the hash of a record's whole canonical line without `id` (24 hex digits). */
export function recordId(record: Omit<RunRecord, 'id'>): string {
  return shortHash({ ...record, id: undefined });
}

/** The record with its `run` and `id`. */
export function sealRecord(body: UnsealedRecord): RunRecord {
  const run = runKey(body.spec, body.seed, body.env.backend, body.env.kernels);
  const keyed = { ...body, run };
  return { ...keyed, id: recordId(keyed) };
}

/** The line that is stored: canonical JSON, without the line's end. */
export function recordLine(record: RunRecord): string {
  return canonicalJson(record);
}

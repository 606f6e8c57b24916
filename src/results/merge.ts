import type { RunRecord } from './record.ts';

/**
 * The union of lists of records by `id`, in a fixed order (run, time, id): idempotent, commutative, associative.
 * Nothing is dropped, superseded records included; `currentRecords` chooses what a table shows.
 */
export function mergeRecords(lists: Iterable<Iterable<RunRecord>>): readonly RunRecord[] {
  const byId = new Map<string, RunRecord>();
  for (const list of lists) for (const record of list) byId.set(record.id, record);
  return [...byId.values()].sort(byRunTimeAndId);
}

/**
 * Per `run` the one record that nothing supersedes. Where several remain (two machines answered the same run):
 * done before failed, clean before dirty, then the earlier, then the smaller id.
 */
export function currentRecords(records: Iterable<RunRecord>): readonly RunRecord[] {
  const merged = mergeRecords([records]);
  const runOf = new Map(merged.map((record) => [record.id, record.run]));
  const superseded = new Set<string>();
  for (const { run, history } of merged) {
    const old = history.supersedes;
    if (old !== undefined && runOf.get(old) === run) superseded.add(old);
  }
  const chosen = new Map<string, RunRecord>();
  for (const record of merged) {
    if (superseded.has(record.id)) continue;
    const rival = chosen.get(record.run);
    if (rival === undefined || preference(record, rival) < 0) chosen.set(record.run, record);
  }
  return [...chosen.values()];
}

function preference(a: RunRecord, b: RunRecord): number {
  return (
    Number(a.status === 'failed') - Number(b.status === 'failed') ||
    Number(a.env.dirty) - Number(b.env.dirty) ||
    byRunTimeAndId(a, b)
  );
}

function byRunTimeAndId(a: RunRecord, b: RunRecord): number {
  return compare(a.run, b.run) || compare(a.history.created, b.history.created) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { cellKeyOf } from './keys.ts';
import type { DoneRecord, RunRecord } from './record.ts';
import { meanAndInterval, wilsonInterval } from './statistics/index.ts';

export interface TableMetric {
  /** As in a record's `result.metrics`. */
  readonly name: string;
  readonly split: 'test' | 'validation' | 'train';
  readonly label: string;
  /** Shown value = stored value × scale, followed by the unit. */
  readonly scale: number;
  readonly unit: string;
  readonly decimals: number;
  readonly higherIsBetter: boolean;
  /** Measures it is computed from, where it isn't the share of the items itself: one run then has no binomial interval. */
  readonly madeOf?: readonly string[];
}

/** One number of a table with all that it rests on. Values are in the record's unit (accuracy: a fraction). */
export interface Cell {
  readonly status: 'ok' | 'missing' | 'failed';
  /** Why there is no number, or what is to be known about it (seeds that failed or are missing, several specs). */
  readonly reason: string | null;
  /** Mean over seeds. */
  readonly value: number | null;
  /** As shown: `62.3 ± 1.2`, or `62.3 [58.1, 66.2]` for a single run; empty where there is no number. */
  readonly text: string;
  readonly interval: readonly [number, number] | null;
  /** t: of the mean over seeds; wilson: of the test items of a single run. */
  readonly intervalKind: 't' | 'wilson' | null;
  /** Sample standard deviation over seeds (n − 1). */
  readonly sd: number | null;
  /** Runs that make up the mean. */
  readonly n: number;
  readonly seeds: readonly number[];
  /** Test items per run. */
  readonly testItems: number | null;
  /** Ids of the records. */
  readonly records: readonly string[];
  readonly cellKey: string | null;
  readonly trainable: number | null;
  readonly trainSeconds: number | null;
  readonly provenance: CellProvenance | null;
}

/** Where a number comes from. */
export interface CellProvenance {
  readonly backend: string;
  readonly kernels: string;
  readonly engines: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly commits: readonly string[];
  readonly dirty: boolean;
  readonly architectures: readonly string[];
  readonly modelDigest: string;
  readonly taskDigest: string;
  /** First and last time of creation, ISO 8601. */
  readonly created: readonly [string, string];
  /** Wall-clock seconds of all runs together. */
  readonly totalSeconds: number;
  /** Flags of the records, each once, as `name: reason`. */
  readonly flags: readonly string[];
}

export interface CellQuestion {
  readonly metric: TableMetric;
  readonly seeds: readonly number[];
  readonly emptyReason: string;
}

/** The metric's value in one run; null where the run failed or didn't measure it. */
export function metricOf(record: RunRecord, metric: TableMetric): { value: number; n: number } | null {
  if (record.status === 'failed') return null;
  const found = record.result.metrics.find(({ name, split }) => name === metric.name && split === metric.split);
  return found === undefined ? null : { value: found.value, n: found.n };
}

/**
 * Sums up the cells that match one place. Where several do (another preset, another back-end), the one with most
 * finished runs is shown, then the latest, and the reason says so.
 */
export function summariseCell(
  candidates: readonly (readonly RunRecord[])[],
  { metric, seeds, emptyReason }: CellQuestion,
): { readonly cell: Cell; readonly runs: readonly DoneRecord[] } {
  const ordered = candidates
    .map((records) => ({ records, runs: finishedRuns(records, metric), latest: latestOf(records) }))
    .sort((a, b) => b.runs.length - a.runs.length || (a.latest < b.latest ? 1 : a.latest > b.latest ? -1 : 0));
  const shown = ordered[0];
  if (shown === undefined) return { cell: { ...blank, status: 'missing', reason: emptyReason }, runs: [] };
  const failures = shown.records.flatMap((record) => (record.status === 'failed' ? [record.result.error] : []));
  const first = shown.runs[0];
  if (first === undefined) {
    const reason = failures[0] ?? `no run has the metric ${metric.name} on ${metric.split}`;
    const records = shown.records.map(({ id }) => id);
    return { cell: { ...blank, status: 'failed', reason, records }, runs: [] };
  }
  const absent = seeds.filter((seed) => !shown.records.some((record) => record.seed === seed));
  const remarks = [
    ...(failures.length > 0 ? [`${failures.length} of ${shown.records.length} runs failed: ${failures[0] ?? ''}`] : []),
    ...(absent.length > 0 ? [`seeds not run yet: ${absent.join(', ')}`] : []),
    ...(ordered.length > 1 ? [`${ordered.length} specs or back-ends match; the one with most runs is shown`] : []),
  ];
  const reason = remarks.length === 0 ? null : remarks.join('; ');
  return { cell: { ...measure(shown.runs, first, metric), status: 'ok', reason }, runs: shown.runs };
}

function measure(runs: readonly DoneRecord[], first: DoneRecord, metric: TableMetric): Omit<Cell, 'status' | 'reason'> {
  const measured = runs.flatMap((run) => metricOf(run, metric) ?? []);
  const { n, mean, sd, low, high } = meanAndInterval(measured.map(({ value }) => value));
  const items = measured[0]?.n ?? 0;
  const isShare = metric.madeOf === undefined && mean !== null && mean >= 0 && mean <= 1;
  const single = n === 1 && isShare ? wilsonInterval(mean * items, items) : null;
  const interval: Cell['interval'] =
    low !== null && high !== null ? [low, high] : single === null ? null : [single.low, single.high];
  const intervalKind = low !== null ? 't' : single === null ? null : 'wilson';
  return {
    value: mean,
    text: mean === null ? '' : cellText(mean, interval, intervalKind, metric),
    interval,
    intervalKind,
    sd,
    n,
    seeds: runs.map(({ seed }) => seed),
    testItems: items,
    records: runs.map(({ id }) => id),
    cellKey: cellKeyOf(first),
    trainable: first.params.trainable,
    trainSeconds: average(runs.map(({ cost }) => cost.trainSeconds)),
    provenance: provenanceOf(runs, first),
  };
}

/** `62.3 ± 1.2`; `62.3 [58.1, 66.2]` for a single run; `62.3` without an interval. */
function cellText(
  value: number,
  interval: Cell['interval'],
  kind: Cell['intervalKind'],
  { scale, decimals }: TableMetric,
): string {
  const shown = (each: number): string => (each * scale).toFixed(decimals);
  if (interval === null) return shown(value);
  return kind === 't'
    ? `${shown(value)} ± ${shown((interval[1] - interval[0]) / 2)}`
    : `${shown(value)} [${shown(interval[0])}, ${shown(interval[1])}]`;
}

function provenanceOf(runs: readonly DoneRecord[], first: DoneRecord): CellProvenance {
  const times = runs.map(({ history }) => history.created).sort();
  return {
    backend: first.env.backend,
    kernels: first.env.kernels,
    engines: unique(runs.map(({ env }) => env.engine)),
    versions: Object.fromEntries(runs.flatMap(({ env }) => Object.entries(env.versions))),
    commits: unique(runs.map(({ env }) => env.commit)),
    dirty: runs.some(({ env }) => env.dirty),
    architectures: unique(runs.map(({ env }) => env.architecture)),
    modelDigest: first.spec.model.digest,
    taskDigest: first.spec.task.digest,
    created: [times[0] ?? '', times[times.length - 1] ?? ''],
    totalSeconds: runs.reduce((total, { cost }) => total + cost.totalSeconds, 0),
    flags: unique(runs.flatMap(({ flags }) => flags.map(({ name, reason }) => `${name}: ${reason}`))),
  };
}

function finishedRuns(records: readonly RunRecord[], metric: TableMetric): readonly DoneRecord[] {
  return records
    .flatMap((record) => (record.status === 'done' && metricOf(record, metric) !== null ? [record] : []))
    .sort((a, b) => a.seed - b.seed);
}

function latestOf(records: readonly RunRecord[]): string {
  return records.map(({ history }) => history.created).sort().at(-1) ?? '';
}

function average(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

const blank: Omit<Cell, 'status' | 'reason'> = {
  value: null,
  text: '',
  interval: null,
  intervalKind: null,
  sd: null,
  n: 0,
  seeds: [],
  testItems: null,
  records: [],
  cellKey: null,
  trainable: null,
  trainSeconds: null,
  provenance: null,
};

import { cellKeyOf, countBits, currentRecords, decodeBits } from '../results/index.ts';
import type { RunRecord } from '../results/index.ts';
import { taskRows } from '../tasks/index.ts';
import { accuracyOf } from './compare.ts';
import type { Grid } from './grid.ts';
import { requestKey, requestKeyOf } from './identity.ts';
import { requestFor } from './plan.ts';
import { finishedSearch } from './search.ts';
import type { TrialLine } from './search.ts';

/** What a look at the records of one table and preset found. Schema, hashes and bit sets are checked on reading already. */
export interface Verification {
  readonly name: string;
  readonly records: number;
  /** Runs of the grid, and how many of them have a record that is done. */
  readonly runs: number;
  readonly done: number;
  readonly failed: number;
  /** Records that no cell of the grid asks for: of an earlier form of the table, or on another back-end. */
  readonly besides: number;
  /** One sentence each; none when all is well. */
  readonly problems: readonly string[];
  /** Cells that lack seeds, as `cell: seeds 4, 5`. */
  readonly missing: readonly string[];
}

const digestForm = /^[0-9a-f]{24}([0-9a-f]{40})?$/;

/**
 * Checks records against their grid and against each other; runs nothing. `weights` are the digests of models that are
 * at hand: a record on other weights is a problem.
 */
export function verifyRecords(
  name: string,
  grid: Grid,
  records: readonly RunRecord[],
  trials: readonly TrialLine[],
  weights: ReadonlyMap<string, string>,
): Verification {
  const problems = records.flatMap((record) => problemsOf(record, weights).map((problem) => `${name}, record ${record.id}: ${problem}`));
  const current = currentRecords(records);
  problems.push(...withinCells(name, current));

  const engines = engineNames(current);
  const byRequest = new Map(current.map((record) => [requestKeyOf(record), record]));
  const asked = new Set<string>();
  const missing: string[] = [];
  let done = 0;
  for (const cell of grid.cells) {
    const finished = cell.search && finishedSearch(cell.search, trials);
    const searches = new Map(cell.search && finished ? [[cell.search.key, finished] as const] : []);
    const lacking: number[] = [];
    for (const seed of grid.seeds) {
      const request = requestFor(cell, seed, searches);
      const keys = request ? engines.map((engine) => requestKey(request, engine)) : [];
      for (const key of keys) asked.add(key);
      if (keys.some((key) => byRequest.get(key)?.status === 'done')) done += 1;
      else lacking.push(seed);
    }
    if (lacking.length > 0) missing.push(`${cell.id}: ${lacking.length === 1 ? 'seed' : 'seeds'} ${lacking.join(', ')}`);
  }
  return {
    name,
    records: records.length,
    runs: grid.cells.length * grid.seeds.length,
    done,
    failed: current.filter((record) => record.status === 'failed').length,
    besides: current.filter((record) => !asked.has(requestKeyOf(record))).length,
    problems,
    missing,
  };
}

function problemsOf(record: RunRecord, weights: ReadonlyMap<string, string>): readonly string[] {
  const problems: string[] = [];
  const { model, task } = record.spec;
  const digests: Record<string, string | null> = { 'spec.model.digest': model.digest, 'spec.task.digest': task.digest };
  if (record.status === 'done') {
    const { result, drawn } = record;
    Object.assign(digests, {
      'result.predictionsDigest': result.predictionsDigest,
      'result.trainedDigest': result.trainedDigest,
      'result.frozenBefore': result.frozenBefore,
      'result.frozenAfter': result.frozenAfter,
      'drawn.splitDigest': drawn.splitDigest,
      'drawn.mapDigest': drawn.mapDigest,
    });
    if (result.frozenBefore !== result.frozenAfter) problems.push('the frozen weights changed during the run');
    const accuracy = accuracyOf(record);
    if (result.correct !== null && accuracy !== undefined) {
      const right = countBits(decodeBits(result.correct, record.spec.split.test));
      const stated = accuracy * record.spec.split.test;
      if (Math.abs(stated - right) > 1e-6) problems.push(`${right} answers are marked right where accuracy says ${stated}`);
    }
  }
  for (const [field, digest] of Object.entries(digests)) {
    if (digest !== null && !digestForm.test(digest)) problems.push(`${field} is not a digest: ${digest}`);
  }
  const here = weights.get(model.id);
  if (here !== undefined && here !== model.digest) {
    problems.push(`made with weights ${model.digest.slice(0, 12)}… of ${model.id}, which now has ${here.slice(0, 12)}…`);
  }
  return problems;
}

/** Whether a draw of these sizes leaves nothing of its task's pools, so that every seed has the same items. */
function takesWholePools({ task, split }: RunRecord['spec']): boolean {
  const pools = taskRows.find(({ id }) => id === task.id)?.pools;
  return pools !== undefined && split.train + split.validation === pools.train && split.test === pools.test;
}

/** Within a cell every seed stands once, and a seed must change something. */
function withinCells(name: string, records: readonly RunRecord[]): readonly string[] {
  const cells = new Map<string, RunRecord[]>();
  for (const record of records) {
    const key = cellKeyOf(record);
    cells.set(key, [...(cells.get(key) ?? []), record]);
  }
  return [...cells].flatMap(([key, runs]) => {
    const label = `${name}, cell ${key} (${runs[0]?.spec.method.id} on ${runs[0]?.spec.task.id})`;
    const seeds = runs.map((run) => run.seed);
    const repeated = seeds.filter((seed, i) => seeds.indexOf(seed) < i);
    const drawn = new Set(runs.flatMap((run) => (run.status === 'done' ? [run.drawn.splitDigest] : [])));
    const done = runs.filter((run) => run.status === 'done').length;
    const isWhole = runs.some((run) => takesWholePools(run.spec));
    return [
      ...(repeated.length > 0 ? [`${label}: seed ${repeated.join(', ')} stands more than once`] : []),
      ...(done > 1 && drawn.size < done && !isWhole ? [`${label}: two seeds drew the same items`] : []),
      ...(isWhole && drawn.size > 1 ? [`${label}: it takes whole pools, and two seeds drew different items`] : []),
    ];
  });
}

function engineNames(records: readonly RunRecord[]): readonly { readonly backend: string; readonly kernels: string }[] {
  const engines = new Map(records.map(({ env }) => [`${env.backend} ${env.kernels}`, { backend: env.backend, kernels: env.kernels }]));
  return [...engines.values()];
}

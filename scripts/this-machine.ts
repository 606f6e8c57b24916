import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareRecords, requestKey, requestOf } from '../src/bench/index.ts';
import type { Verdict } from '../src/bench/index.ts';
import { openSession, projectFolders, recordsName, recordsOf, runSession } from '../src/bench/index.node.ts';
import type { RunEvent, RunSummary } from '../src/bench/index.node.ts';
import { currentRecords } from '../src/results/index.ts';
import type { RunEnvironment, RunRecord } from '../src/results/index.ts';

/** One run of the quick preset on this machine, beside the committed record that answers the same question. */
export interface MachineRun {
  readonly table: string;
  readonly preset: string;
  readonly methodId: string;
  readonly modelId: string;
  readonly taskId: string;
  readonly seed: number;
  /** The computed record's id. */
  readonly id: string;
  /** As a fraction; null where the run failed. */
  readonly accuracy: number | null;
  readonly seconds: number;
  /** The committed record; null where there is none. */
  readonly committed: { readonly id: string; readonly accuracy: number | null } | null;
  readonly verdict: Verdict | 'nothing to compare';
  readonly reason: string;
}

/** What the site shows as "this machine": written to `.atlas/this-machine.json`. */
export interface MachineReport {
  readonly schema: 'atlas-this-machine/1';
  readonly made: string;
  readonly environment: RunEnvironment | null;
  /** "12 of 12 runs: same bits" */
  readonly summary: string;
  readonly runs: readonly MachineRun[];
  readonly failures: readonly string[];
  readonly skipped: readonly { readonly reason: string; readonly runs: number }[];
  readonly seconds: number;
}

export interface Computation {
  readonly root: string;
  readonly signal: AbortSignal;
  readonly report: (event: RunEvent) => void;
}

const preset = 'quick';

/**
 * Computes the quick preset afresh into `.atlas/`, compares it with the committed records and writes the report beside
 * it. Gives undefined when the signal stopped it half-way.
 */
export async function computeHere({ root, signal, report }: Computation): Promise<MachineReport | undefined> {
  const out = join(root, '.atlas', 'this-machine');
  const file = join(root, '.atlas', 'this-machine.json');
  rmSync(out, { recursive: true, force: true });
  rmSync(file, { force: true });
  const session = await openSession({ root, out, preset });
  const summary = await runSession(session, { signal, report });
  if (summary.interrupted) return undefined;
  const tables = session.parts.map(({ grid }) => grid.table.id);
  const runs = tables.flatMap((table) => compareTable(root, out, table));
  const machine = reportOf(runs, summary);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(machine, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  return machine;
}

interface Compared extends MachineRun {
  readonly environment: RunEnvironment;
}

function compareTable(root: string, out: string, table: string): readonly Compared[] {
  const name = recordsName(table, preset);
  const committed = currentRecords(recordsOf(projectFolders(root), name).records);
  return recordsOf(projectFolders(root, out), name).records.map((record): Compared => {
    const partner = partnerOf(record, committed);
    const comparison = partner === undefined ? undefined : compareRecords(partner, record);
    return {
      table,
      preset,
      methodId: record.spec.method.id,
      modelId: record.spec.model.id,
      taskId: record.spec.task.id,
      seed: record.seed,
      id: record.id,
      accuracy: accuracyOf(record),
      seconds: record.cost?.totalSeconds ?? 0,
      committed: partner === undefined ? null : { id: partner.id, accuracy: accuracyOf(partner) },
      verdict: comparison?.verdict ?? 'nothing to compare',
      reason: comparison?.reason ?? 'no committed record answers this question',
      environment: record.env,
    };
  });
}

/** The committed record of the same question: on the same kernels if there is one, else on any. */
function partnerOf(record: RunRecord, committed: readonly RunRecord[]): RunRecord | undefined {
  const question = (one: RunRecord): string => requestKey(requestOf(one), { backend: 'any', kernels: 'any' });
  const asked = question(record);
  const partners = committed.filter((one) => question(one) === asked);
  return partners.find((one) => one.env.kernels === record.env.kernels && one.env.backend === record.env.backend) ?? partners[0];
}

function accuracyOf(record: RunRecord): number | null {
  if (record.status === 'failed') return null;
  return record.result.metrics.find(({ name }) => name === 'accuracy')?.value ?? null;
}

function reportOf(compared: readonly Compared[], summary: RunSummary): MachineReport {
  return {
    schema: 'atlas-this-machine/1',
    made: new Date().toISOString(),
    environment: compared[0]?.environment ?? null,
    summary: inOneLine(compared),
    runs: compared.map(({ environment: _, ...run }) => run),
    failures: summary.failures.map(({ label, failure }) => `${label}: ${failure.message}`),
    skipped: summary.plans.flatMap(({ skipped }) => skipped.map(({ reason, runs }) => ({ reason, runs }))),
    seconds: summary.seconds,
  };
}

/** "12 of 12 runs: same bits", and a part for each other verdict. */
function inOneLine(runs: readonly MachineRun[]): string {
  const verdicts = ['same bits', 'within tolerance', 'different', 'nothing to compare'] as const;
  const counted = verdicts.map((verdict) => ({ verdict, count: runs.filter((run) => run.verdict === verdict).length }));
  const present = counted.filter(({ count }) => count > 0);
  if (present.length === 0) return 'no run could be made here';
  return present.map(({ verdict, count }) => `${count} of ${runs.length} runs: ${verdict}`).join('; ');
}

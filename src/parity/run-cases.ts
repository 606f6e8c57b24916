import type { Check, OracleCase, Runner } from './types.ts';

/** What became of a case: its checks held, one did not, or nothing here runs its kind. */
export type CaseStatus = 'passed' | 'failed' | 'uncovered';

/** The account of one case. */
export interface CaseReport {
  readonly id: string;
  readonly kind: string;
  readonly status: CaseStatus;
  /** Comparisons made. */
  readonly checks: number;
  /**
   * The comparison with the largest error for its tolerance; `null` when there was none. `error` is `null` where a
   * value was not a number or shapes differed.
   */
  readonly worst: { readonly tensor: string; readonly error: number | null; readonly tolerance: number } | null;
  /** Why a case failed without a comparison to show. */
  readonly error: string | null;
}

/** The account of a folder of cases. */
export interface ParityReport {
  readonly passed: number;
  readonly failed: number;
  readonly uncovered: number;
  /** Factor by which the tolerances of the cases were widened for this back-end. */
  readonly toleranceFactor: number;
  readonly backend: string;
  readonly kernels: string;
  /** Kinds that must be covered and aren't. */
  readonly missing: readonly string[];
  /** By kind: the largest error of all its cases as a multiple of the stated tolerance, `null` where it has no bound. */
  readonly factors: Readonly<Record<string, number | null>>;
  readonly cases: readonly CaseReport[];
}

/** A case as it was found: read, or not readable and why. */
export type FoundCase =
  | { readonly oracle: OracleCase }
  | { readonly id: string; readonly kind: string; readonly unreadable: string };

/**
 * Runs every case with the runner of its kind, in order. A case passes only when its runner compared something, every
 * stored `expect.` tensor among it, and each error is within its tolerance.
 */
export async function runCases(
  cases: readonly FoundCase[],
  runners: ReadonlyMap<string, Runner>,
): Promise<readonly CaseReport[]> {
  const reports: CaseReport[] = [];
  for (const found of cases) reports.push(await runCase(found, runners));
  return reports;
}

async function runCase(found: FoundCase, runners: ReadonlyMap<string, Runner>): Promise<CaseReport> {
  if ('unreadable' in found) {
    const { id, kind, unreadable } = found;
    return { id, kind, status: 'failed', checks: 0, worst: null, error: unreadable };
  }
  const { oracle } = found;
  const { id, kind } = oracle;
  const runner = runners.get(kind);
  if (!runner) return { id, kind, status: 'uncovered', checks: 0, worst: null, error: null };
  let checks: readonly Check[];
  try {
    checks = await runner(oracle);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id, kind, status: 'failed', checks: 0, worst: null, error: reason };
  }
  const compared = new Set(checks.map(({ tensor }) => tensor));
  const forgotten = [...oracle.tensors.keys()].filter((name) => name.startsWith('expect.') && !compared.has(name));
  const error =
    forgotten.length > 0
      ? `these stored results were not compared: ${forgotten.join(', ')}`
      : checks.length === 0
        ? 'nothing was compared'
        : null;
  const failed = error !== null || checks.some((check) => !(check.error <= check.tolerance));
  return { id, kind, status: failed ? 'failed' : 'passed', checks: checks.length, worst: worstOf(checks), error };
}

/** How much of its tolerance a check uses: 1 is the bound. */
function ratio({ error, tolerance }: Check): number {
  if (Number.isNaN(error)) return Infinity;
  return error === 0 ? 0 : error / tolerance;
}

function worstOf(checks: readonly Check[]): CaseReport['worst'] {
  const [first, ...others] = checks;
  if (!first) return null;
  const worst = others.reduce((most, check) => (ratio(check) > ratio(most) ? check : most), first);
  return { ...worst, error: Number.isFinite(worst.error) ? worst.error : null };
}

/** The account of a run, with the required kinds that no runner covers. */
export function summarise(
  cases: readonly CaseReport[],
  required: readonly string[],
  covered: ReadonlySet<string>,
  backend: { readonly name: string; readonly kernels: string; readonly toleranceFactor: number },
): ParityReport {
  const count = (status: CaseStatus): number => cases.filter((report) => report.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    uncovered: count('uncovered'),
    toleranceFactor: backend.toleranceFactor,
    backend: backend.name,
    kernels: backend.kernels,
    missing: required.filter((kind) => !covered.has(kind)),
    factors: factorsByKind(cases, backend.toleranceFactor),
    cases,
  };
}

/** The error of a case's worst comparison as a multiple of the tolerance that the case states; `null` where it has no bound. */
export function factorOf({ worst }: CaseReport, toleranceFactor: number): number | null {
  if (worst?.error === 0) return 0;
  return worst && worst.error !== null && worst.tolerance > 0 ? (worst.error / worst.tolerance) * toleranceFactor : null;
}

function factorsByKind(cases: readonly CaseReport[], toleranceFactor: number): Readonly<Record<string, number | null>> {
  const factors: Record<string, number | null> = {};
  for (const report of cases) {
    if (report.worst === null && report.error === null) continue; // not run
    const factor = factorOf(report, toleranceFactor);
    const before = factors[report.kind];
    factors[report.kind] = before === null || factor === null ? null : Math.max(before ?? 0, factor);
  }
  return factors;
}

/** Whether a run is good: cases were read, none failed, and no required kind is uncovered. */
export function isGood(report: ParityReport): boolean {
  return report.cases.length > 0 && report.failed === 0 && report.missing.length === 0;
}

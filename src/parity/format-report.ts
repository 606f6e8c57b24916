import type { CaseReport, ParityReport } from './run-cases.ts';

/** The account for people: a line a case with its worst comparison, then what isn't covered, then one sentence. */
export function formatReport(report: ParityReport, folder: string): string {
  const { cases } = report;
  if (cases.length === 0) {
    return `No case was read below "${folder}": expected folders with a case.json and tensors.safetensors.`;
  }
  const idWidth = Math.max(...cases.map(({ id }) => id.length));
  const lines = cases.flatMap((one) => formatCase(one, idWidth));
  const factor =
    report.toleranceFactor === 1 ? 'tolerances as stated' : `tolerances ${report.toleranceFactor} times as stated`;
  const uncovered = [...new Set(cases.filter(({ status }) => status === 'uncovered').map(({ kind }) => kind))];
  return [
    ...lines,
    '',
    ...(uncovered.length > 0 ? [`Kinds that nothing here runs yet: ${uncovered.join(', ')}.`] : []),
    ...(report.missing.length > 0 ? [`Required kinds that nothing here runs: ${report.missing.join(', ')}.`] : []),
    `${report.passed} of ${cases.length} cases agree with the original libraries, ${report.failed} differ, ` +
      `${report.uncovered} can't be run yet (back-end ${report.backend}, kernels ${report.kernels}, ${factor}).`,
  ].join('\n');
}

const marks: Readonly<Record<CaseReport['status'], string>> = {
  passed: 'agrees ',
  failed: 'DIFFERS',
  uncovered: '-      ',
};

function formatCase({ id, status, checks, worst, error }: CaseReport, idWidth: number): readonly string[] {
  const head = `${marks[status]}  ${id.padEnd(idWidth)}`;
  const comparison = worst
    ? [
        `${head}  ${String(checks).padStart(4)} compared, worst ${worst.tensor}: ` +
          `${formatNumber(worst.error)} of ${formatNumber(worst.tolerance)}`,
      ]
    : [status === 'uncovered' ? `${head}  not covered` : head];
  return error === null ? comparison : [...comparison, `${' '.repeat(9)}${error}`];
}

function formatNumber(value: number | null): string {
  if (value === null) return 'not a number, or another shape';
  return value === 0 ? '0' : value.toExponential(1);
}

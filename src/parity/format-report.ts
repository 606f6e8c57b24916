import { factorOf } from './run-cases.ts';
import type { CaseReport, ParityReport } from './run-cases.ts';

/**
 * The account for people: a line a case with its worst comparison, also as a multiple of the stated tolerance, then the largest
 * such factor of each kind, what isn't covered, and one sentence.
 */
export function formatReport(report: ParityReport, folder: string): string {
  const { cases } = report;
  if (cases.length === 0) {
    return `No case was read below "${folder}": expected folders with a case.json and tensors.safetensors.`;
  }
  const idWidth = Math.max(...cases.map(({ id }) => id.length));
  const lines = cases.flatMap((one) => formatCase(one, idWidth, report.toleranceFactor));
  const factor =
    report.toleranceFactor === 1 ? 'tolerances as stated' : `tolerances ${report.toleranceFactor} times as stated`;
  const uncovered = [...new Set(cases.filter(({ status }) => status === 'uncovered').map(({ kind }) => kind))];
  return [
    ...lines,
    '',
    'Largest error of each kind as a multiple of its stated tolerance:',
    ...wrapped(Object.entries(report.factors).map(([kind, factor]) => `${kind} ${formatFactor(factor)}`)),
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

function formatCase(report: CaseReport, idWidth: number, toleranceFactor: number): readonly string[] {
  const { id, status, checks, worst, error } = report;
  const head = `${marks[status]}  ${id.padEnd(idWidth)}`;
  const comparison = worst
    ? [
        `${head}  ${String(checks).padStart(4)} compared, worst ${worst.tensor}: ` +
          `${formatNumber(worst.error)} of ${formatNumber(worst.tolerance)}, factor ${formatFactor(factorOf(report, toleranceFactor))}`,
      ]
    : [status === 'uncovered' ? `${head}  not covered` : head];
  return error === null ? comparison : [...comparison, `${' '.repeat(9)}${error}`];
}

function formatNumber(value: number | null): string {
  if (value === null) return 'not a number, or another shape';
  return value === 0 ? '0' : value.toExponential(1);
}

function formatFactor(factor: number | null): string {
  return factor === null ? 'without bound' : factor === 0 ? '0' : factor.toPrecision(2);
}

const lineWidth = 120;

/** Words with commas between them, in lines. */
function wrapped(words: readonly string[]): readonly string[] {
  return words.reduce((lines: readonly string[], word) => {
    const last = lines.at(-1);
    if (last === undefined) return [`  ${word}`];
    const longer = `${last}, ${word}`;
    return longer.length <= lineWidth ? [...lines.slice(0, -1), longer] : [...lines.slice(0, -1), `${last},`, `  ${word}`];
  }, []);
}

import { decodeBits } from '../results/index.ts';
import type { DoneRecord, RunRecord } from '../results/index.ts';

/** Accuracies may differ by as much (as a fraction) where architecture, back-end or kernels differ. */
export const accuracyTolerance = 0.02;

/**
 * `same bits`: trained parameters and predictions have the digests of the record. `within tolerance`: they don't, on
 * another architecture, back-end or kernel variant, and accuracy differs by no more than {@link accuracyTolerance}.
 * `different`: neither.
 */
export type Verdict = 'same bits' | 'within tolerance' | 'different';

export interface Comparison {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly reason: string;
  /** Accuracy of the rerun minus that of the record; absent when one of them failed. */
  readonly accuracyDifference?: number;
  /** The share of test items that are right in both or wrong in both; absent when there is no bit set of equal length. */
  readonly agreement?: number;
}

/** Compares a rerun with the record that it repeats. */
export function compareRecords(record: RunRecord, rerun: RunRecord): Comparison {
  if (record.status === 'failed' || rerun.status === 'failed') {
    const sentence = `the record ${outcome(record)}, the rerun ${outcome(rerun)}`;
    const same = record.status === 'failed' && rerun.status === 'failed' && record.result.error === rerun.result.error;
    return { verdict: same ? 'same bits' : 'different', reason: sentence };
  }
  const changed = changedIdentity(record, rerun);
  if (changed !== undefined) return { verdict: 'different', reason: changed };

  const measured = { ...difference(record, rerun), ...agreement(record, rerun) };
  const parts = differingDigests(record, rerun);
  if (parts.length === 0) return { verdict: 'same bits', reason: 'digests of draw, trained parameters and predictions are equal', ...measured };

  const elsewhere = environmentDifference(record, rerun);
  const numbers = `accuracy ${signedPoints(measured.accuracyDifference)} points, ${percent(measured.agreement)} of the answers agree`;
  const what = `${parts.join(' and ')} differ (${numbers})`;
  if (elsewhere === undefined) return { verdict: 'different', reason: `${what} on the same architecture, back-end and kernels`, ...measured };
  const near = measured.accuracyDifference !== undefined && Math.abs(measured.accuracyDifference) <= accuracyTolerance + 1e-9;
  return { verdict: near ? 'within tolerance' : 'different', reason: `${what}; ${elsewhere}`, ...measured };
}

/** What differs already in the question: then no digest can be equal. */
function changedIdentity(record: DoneRecord, rerun: DoneRecord): string | undefined {
  const { model, task } = record.spec;
  if (model.digest !== rerun.spec.model.digest) return `${model.id} has other weights than when the record was made`;
  if (task.digest !== rerun.spec.task.digest) return `${task.id} has other data than when the record was made`;
  if (record.drawn.splitDigest !== rerun.drawn.splitDigest) return 'the seed draws other items than when the record was made';
  return undefined;
}

function differingDigests(record: DoneRecord, rerun: DoneRecord): readonly string[] {
  return [
    ...(record.result.trainedDigest === rerun.result.trainedDigest ? [] : ['trained parameters']),
    ...(record.result.predictionsDigest === rerun.result.predictionsDigest ? [] : ['predictions']),
    ...(record.drawn.mapDigest === rerun.drawn.mapDigest ? [] : ['label maps']),
  ];
}

function environmentDifference(record: RunRecord, rerun: RunRecord): string | undefined {
  const differences = (['architecture', 'backend', 'kernels'] as const).flatMap((key) =>
    record.env[key] === rerun.env[key] ? [] : [`${key} ${record.env[key]} there, ${rerun.env[key]} here`],
  );
  return differences.length === 0 ? undefined : differences.join('; ');
}

function difference(record: DoneRecord, rerun: DoneRecord): { accuracyDifference?: number } {
  const [there, here] = [accuracyOf(record), accuracyOf(rerun)];
  return there === undefined || here === undefined ? {} : { accuracyDifference: here - there };
}

function agreement(record: DoneRecord, rerun: DoneRecord): { agreement?: number } {
  const [there, here] = [record.result.correct, rerun.result.correct];
  const n = record.spec.split.test;
  if (there === null || here === null || n === 0 || n !== rerun.spec.split.test) return {};
  const [a, b] = [decodeBits(there, n), decodeBits(here, n)];
  return { agreement: a.reduce((same, bit, i) => same + Number(bit === b[i]), 0) / n };
}

/** Accuracy on test pictures, 0–1. */
export function accuracyOf(record: DoneRecord): number | undefined {
  return record.result.metrics.find((metric) => metric.name === 'accuracy' && metric.split === 'test')?.value;
}

function outcome(record: RunRecord): string {
  return record.status === 'failed' ? `failed (${record.result.error})` : 'is done';
}

function signedPoints(value: number | undefined): string {
  return value === undefined ? 'unknown' : `${value >= 0 ? '+' : '−'}${Math.abs(100 * value).toFixed(2)}`;
}

function percent(value: number | undefined): string {
  return value === undefined ? 'an unknown share' : `${(100 * value).toFixed(1)} %`;
}

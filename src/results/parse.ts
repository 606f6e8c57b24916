import { z } from 'zod';
import { countBits, decodeBits } from './bits.ts';
import { recordId, runKey } from './keys.ts';
import { recordSchema } from './record.ts';
import type { RunRecord } from './record.ts';

/** A line that isn't a record. Its message says file, line, what is wrong and where in the record. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly file: string;
  /** 1-based. */
  readonly line: number;

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`);
    this.file = file;
    this.line = line;
  }
}

/**
 * One line of a record file, checked: shape, both hashes, and that the numbers in it agree with each other.
 *
 * @throws RecordError with one sentence.
 */
export function parseRecordLine(line: string, file: string, lineNumber: number): RunRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new RecordError(file, lineNumber, 'this line is not JSON; a record is one whole line');
  }
  const reason = recordProblem(value);
  if (typeof reason === 'string') throw new RecordError(file, lineNumber, reason);
  return reason;
}

/** The record, or one sentence on what keeps the value from being one. */
function recordProblem(value: unknown): RunRecord | string {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return schemaProblem(parsed.error);
  const record = parsed.data;
  const expectedRun = runKey(record.spec, record.seed, record.env.backend, record.env.kernels);
  if (record.run !== expectedRun) {
    return `run is ${record.run} but spec, seed, back-end and kernels give ${expectedRun}; records are never edited`;
  }
  const expectedId = recordId(record);
  if (record.id !== expectedId) {
    return `id is ${record.id} but the line's content gives ${expectedId}; records are never edited`;
  }
  return inconsistency(record) ?? record;
}

function schemaProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'not a record';
  const where = issue.path.length === 0 ? 'the record' : issue.path.join('.');
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  return `${where}: ${issue.message}${more}`;
}

/** What the fields say against each other; undefined when nothing. */
function inconsistency(record: RunRecord): string | undefined {
  if (record.spec.search !== null && !record.spec.search.grid.includes(record.spec.search.chosen)) {
    return `spec.search.chosen: ${record.spec.search.chosen} is not in the grid`;
  }
  if (record.status === 'failed') return undefined;
  const { result, spec } = record;
  if (spec.method.family !== 'PCA' && result.frozenBefore !== result.frozenAfter) {
    return 'result.frozenAfter: the frozen weights changed, which only parameter-centric adaptation may do';
  }
  if (result.correct === null) return undefined;
  let right: number;
  try {
    right = countBits(decodeBits(result.correct, spec.split.test));
  } catch (error) {
    return `result.correct: ${error instanceof Error ? error.message : String(error)}`;
  }
  const accuracy = result.metrics.find((metric) => metric.name === 'accuracy' && metric.split === 'test');
  if (accuracy !== undefined && Math.abs(accuracy.value * spec.split.test - right) > 1e-6 * spec.split.test) {
    return `result.metrics: accuracy ${accuracy.value} on ${spec.split.test} items, but ${right} bits of correct are set`;
  }
  return undefined;
}

import { z } from 'zod';
import type { Check, OracleCase } from './types.ts';

/** One item of a case in double precision: input values and the results that another library gave for them. */
export interface OracleItem {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Names of the results asked for: the same input can be put to several tests. */
  readonly asked: ReadonlySet<string>;
}

const record = z.record(z.string(), z.unknown());
const bound = z.number().min(0);

const itemsSchema = z.object({
  relativeTolerance: bound,
  absoluteTolerance: bound,
  items: z
    .array(
      z.object({
        name: z.string(),
        input: record,
        expect: record,
        relativeTolerance: bound.optional(),
        absoluteTolerance: bound.optional(),
        /** Looser bounds of single results. */
        relativeTolerances: z.record(z.string(), bound).optional(),
      }),
    )
    .min(1),
});

/**
 * Computes every item of a case and compares each expected value (lists and objects entry by entry) within
 * absoluteTolerance + relativeTolerance·|expected|. Text, truth values and null must be equal; a result that is missing
 * or of another kind has an infinite error.
 */
export function compareItems(oracle: OracleCase, compute: (item: OracleItem) => unknown): readonly Check[] {
  const { items, relativeTolerance, absoluteTolerance } = itemsSchema.parse(oracle.json);
  return items.flatMap((item) => {
    const ours = compute({ name: item.name, input: item.input, asked: new Set(Object.keys(item.expect)) });
    const absolute = item.absoluteTolerance ?? absoluteTolerance;
    return Object.entries(item.expect).flatMap(([key, expected]) => {
      const relative = item.relativeTolerances?.[key] ?? item.relativeTolerance ?? relativeTolerance;
      return compareValue(`${item.name}: ${key}`, entry(ours, key), expected, absolute, relative);
    });
  });
}

function compareValue(
  name: string,
  ours: unknown,
  expected: unknown,
  absolute: number,
  relative: number,
): readonly Check[] {
  if (typeof expected === 'object' && expected !== null) {
    const keys = Object.keys(expected);
    const hasSameKind = typeof ours === 'object' && ours !== null && Array.isArray(ours) === Array.isArray(expected);
    const hasSameLength = !Array.isArray(expected) || (Array.isArray(ours) && ours.length === expected.length);
    if (!hasSameKind || !hasSameLength || keys.length === 0) {
      return [{ tensor: name, error: hasSameKind && hasSameLength ? 0 : Infinity, tolerance: 0 }];
    }
    return keys.flatMap((key) =>
      compareValue(`${name}.${key}`, entry(ours, key), entry(expected, key), absolute, relative),
    );
  }
  if (typeof expected === 'number' && typeof ours === 'number') {
    const distance = Math.abs(ours - expected);
    const error = Number.isNaN(distance) ? Infinity : distance;
    return [{ tensor: name, error, tolerance: absolute + relative * Math.abs(expected) }];
  }
  return [{ tensor: name, error: ours === expected ? 0 : Infinity, tolerance: 0 }];
}

function entry(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

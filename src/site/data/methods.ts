import { dimensions } from '../../taxonomy/index.ts';
import type { Dimension } from '../../taxonomy/index.ts';
import { statedClass } from '../../knowledge/index.ts';
import type { MethodEntry } from '../../knowledge/index.ts';
import { methods } from './entries.ts';
import { placesOf } from './tables.ts';

export const dimensionNames = Object.keys(dimensions) as readonly Dimension[];

export const isMeasured = (entry: MethodEntry): boolean => placesOf(entry.id).length > 0;

/** Entries that share three dimensions with another and differ in `dimension`. */
export interface Neighbours {
  readonly dimension: Dimension;
  readonly entries: readonly MethodEntry[];
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value));

/** Entries that differ from this one in exactly one dimension, by dimension. */
export function neighboursOf(entry: MethodEntry): readonly Neighbours[] {
  const own = statedClass(entry);
  if (!own) return [];
  return dimensionNames.flatMap((dimension) => {
    const entries = methods.flatMap(({ data }) => {
      const other = statedClass(data);
      if (!other || data.id === entry.id) return [];
      const differing = dimensionNames.filter((name) => !isSame(own[name], other[name]));
      return differing.length === 1 && differing[0] === dimension ? [data] : [];
    });
    return entries.length > 0 ? [{ dimension, entries }] : [];
  });
}

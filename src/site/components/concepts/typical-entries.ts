import type { MethodEntry } from '../../../knowledge/index.ts';
import type { Dimension } from '../../../taxonomy/index.ts';

/** What makes an entry a good first example of a value. */
export interface ExampleGrounds {
  /** Ids of entries that the text about the value names, in its order. */
  readonly named: readonly string[];
  readonly isMeasured: (entry: MethodEntry) => boolean;
}

/**
 * Entries with a value of a dimension, best examples first: those that the text names, then those measured here, then those
 * that run here; among equals those that have no other value in the dimension, then those that the survey's authors list.
 */
export function typicalEntries(
  entries: readonly MethodEntry[],
  dimension: Dimension,
  value: string,
  { named, isMeasured }: ExampleGrounds,
): readonly MethodEntry[] {
  const valuesOf = (entry: MethodEntry): readonly string[] => entry[dimension] ?? [];
  const grounds = (entry: MethodEntry): readonly number[] => {
    const place = named.indexOf(entry.id);
    return [
      place < 0 ? named.length : place,
      isMeasured(entry) ? 0 : 1,
      entry.implementation === undefined ? 1 : 0,
      valuesOf(entry).length,
      entry.classification?.source === 'survey' ? 0 : 1,
    ];
  };
  return entries
    .filter((entry) => valuesOf(entry).includes(value))
    .map((entry) => ({ entry, order: grounds(entry) }))
    .toSorted((a, b) => a.order.map((rank, i) => rank - (b.order[i] ?? 0)).find((gap) => gap !== 0) ?? 0)
    .map(({ entry }) => entry);
}

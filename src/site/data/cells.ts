import { cells, cellsOf } from '../../taxonomy/index.ts';
import type { Cell } from '../../taxonomy/index.ts';
import { statedClass } from '../../knowledge/index.ts';
import type { MethodEntry } from '../../knowledge/index.ts';
import { methods } from './entries.ts';
import { placesOf } from './tables.ts';

/** One of the 72 cells with what is known of it. */
export interface OccupiedCell {
  readonly cell: Cell;
  /** Name in addresses: `learnable-input-additive-statistical`. */
  readonly id: string;
  /** Entries whose class covers the cell; an entry with several values in a dimension stands in several cells. */
  readonly entries: readonly MethodEntry[];
  /** Those of them that a table has a number of. */
  readonly measured: readonly MethodEntry[];
}

export function cellId({ configuration, location, operator, alignment }: Cell): string {
  return [configuration, location, operator, alignment].join('-');
}

export const cellPath = (cell: Cell): string => `map/${cellId(cell)}/`;

const covered = methods.map(({ data }) => {
  const of = statedClass(data);
  return { entry: data, ids: new Set(of ? cellsOf(of).map(cellId) : []) };
});

/** All 72 cells, in the order of the dimensions and of their values. */
export const occupiedCells: readonly OccupiedCell[] = cells.map((cell) => {
  const id = cellId(cell);
  const entries = covered.flatMap(({ entry, ids }) => (ids.has(id) ? [entry] : []));
  return { cell, id, entries, measured: entries.filter((entry) => placesOf(entry.id).length > 0) };
});

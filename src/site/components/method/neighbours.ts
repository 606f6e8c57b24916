import { cellsOf } from '../../../taxonomy/index.ts';
import type { Cell, Dimension } from '../../../taxonomy/index.ts';
import { similarEntries, statedClass } from '../../../knowledge/index.ts';
import type { MethodEntry } from '../../../knowledge/index.ts';
import { cellId, occupiedCells } from '../../data/cells.ts';
import type { OccupiedCell } from '../../data/cells.ts';
import { ringOf } from './ring.ts';

/** A value one step away, with the cells it leads to. */
export interface NeighbourStep {
  readonly value: string;
  readonly cells: readonly OccupiedCell[];
}

export interface NeighbourSide {
  readonly dimension: Dimension;
  readonly steps: readonly NeighbourStep[];
  /** The likest entries of those cells. */
  readonly nearest: readonly MethodEntry[];
}

export interface Neighbours {
  /** The cells that the entry itself stands in. */
  readonly own: readonly OccupiedCell[];
  /** How many other entries stand there, and the likest of them. */
  readonly others: number;
  readonly nearest: readonly MethodEntry[];
  readonly sides: readonly NeighbourSide[];
}

const byId = new Map(occupiedCells.map((occupied) => [occupied.id, occupied]));
const occupiedOf = (cells: readonly Cell[]): readonly OccupiedCell[] => cells.flatMap((cell) => byId.get(cellId(cell)) ?? []);
const entriesOf = (cells: readonly OccupiedCell[]): ReadonlySet<MethodEntry> => new Set(cells.flatMap(({ entries }) => entries));

/** What stands in an entry's cells and one step from them; undefined for an entry without a class. */
export function neighboursOf(entry: MethodEntry, count = 5): Neighbours | undefined {
  const of = statedClass(entry);
  if (!of) return undefined;
  const words = [entry.name, entry.title, entry.summary, ...(entry.aliases ?? [])].join(' ');
  const likest = (entries: Iterable<MethodEntry>): readonly MethodEntry[] =>
    similarEntries({ class: of, modalities: entry.modalities, words }, [...entries], count).map((similar) => similar.entry);
  const own = occupiedOf(cellsOf(of));
  const inside = entriesOf(own);
  const others = [...inside].filter((other) => other !== entry);
  const sides = ringOf(of).flatMap(({ dimension, steps }) => {
    const occupied = steps.map(({ value, cells }) => ({ value, cells: occupiedOf(cells) }));
    const outside = [...entriesOf(occupied.flatMap(({ cells }) => cells))].filter((other) => !inside.has(other));
    return occupied.length === 0 ? [] : [{ dimension, steps: occupied, nearest: likest(outside) }];
  });
  return { own, others: others.length, nearest: likest(others), sides };
}

import { cellsOf, dimensions } from '../../../taxonomy/index.ts';
import type { Cell, Dimension, TaxonomyClass } from '../../../taxonomy/index.ts';

/** A value that a class doesn't have in a dimension, and the cells that it would lead to. */
export interface RingStep {
  readonly value: string;
  readonly cells: readonly Cell[];
}

/** What lies one step from a class: for each dimension, its other values. */
export interface RingSide {
  readonly dimension: Dimension;
  readonly steps: readonly RingStep[];
}

const names = Object.keys(dimensions) as readonly Dimension[];

/**
 * The cells that differ from those of a class in one dimension alone, by dimension and value. A class with several values
 * in another dimension has several cells, and so as many a step.
 */
export function ringOf(of: TaxonomyClass): readonly RingSide[] {
  return names.map((dimension) => {
    const own: readonly string[] = of[dimension];
    const others = Object.keys(dimensions[dimension].values).filter((value) => !own.includes(value));
    const steps = others.map((value) => ({ value, cells: cellsOf({ ...of, [dimension]: [value] }) }));
    return { dimension, steps };
  });
}

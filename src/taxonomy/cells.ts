import { alignments, configurations, locations, operators } from './dimensions.ts';
import type { AlignmentKind, Configuration, Location, Operator, TaxonomyClass } from './dimensions.ts';

/** One point of the 2 × 3 × 3 × 4 grid. */
export interface Cell {
  readonly configuration: Configuration;
  readonly location: Location;
  readonly operator: Operator;
  readonly alignment: AlignmentKind;
}

/** All 72 cells, in the order of the dimensions and of their values. */
export const cells: readonly Cell[] = configurations.flatMap((configuration) =>
  locations.flatMap((location) =>
    operators.flatMap((operator) => alignments.map((alignment) => ({ configuration, location, operator, alignment }))),
  ),
);

/** The cells that a class (sets of values) covers: the product of its four sets. */
export function cellsOf(taxonomyClass: TaxonomyClass): readonly Cell[] {
  return cells.filter(
    (cell) =>
      taxonomyClass.configuration.includes(cell.configuration) &&
      taxonomyClass.location.includes(cell.location) &&
      taxonomyClass.operator.includes(cell.operator) &&
      taxonomyClass.alignment.includes(cell.alignment),
  );
}

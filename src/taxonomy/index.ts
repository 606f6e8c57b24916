export { alignments, configurations, dimensions, locations, operators } from './dimensions.ts';
export type { AlignmentKind, Configuration, Dimension, Location, Operator, TaxonomyClass } from './dimensions.ts';
export { cells, cellsOf } from './cells.ts';
export type { Cell } from './cells.ts';

import type { TaxonomyClass } from '../../taxonomy/index.ts';

/** A plot as markup, to stand inside an `<svg>` of a page or of its own. Colours come from classes. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: string;
  /** What it shows, for those who don't see it. */
  readonly says: string;
}

/** Draws a class's sigil (`null` for rivals that have none) in a square of 24 × 24 with its corner at `x`, `y`. */
export type SigilPen = (of: TaxonomyClass | null, x: number, y: number) => string;

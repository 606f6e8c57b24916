import type { Dimension, TaxonomyClass } from '../../../taxonomy/index.ts';
import type { SigilCell } from '../../sigil/sigil-paths.ts';

/** One number of a table, with the page of its runs. */
export interface ComparedCell {
  readonly column: string;
  readonly text: string;
  readonly address: string;
}

/** The rows of an entry in one table of results. */
export interface ComparedTable {
  readonly id: string;
  readonly title: string;
  readonly address: string;
  /** What is measured, with its unit. */
  readonly metric: string;
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly ComparedCell[] }[];
}

/** A name that leads somewhere, or only a name. */
export interface ComparedLink {
  readonly text: string;
  readonly address?: string | undefined;
}

/** `/data/compare/<id>.json`: what the page shows of one entry. Addresses stand as a page links to them. */
export interface ComparedEntry {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** null for a rival. */
  readonly class: TaxonomyClass | null;
  readonly sigil: readonly SigilCell[];
  readonly rationale: { readonly [D in Dimension]?: string | undefined };
  /** What else is told of each entry, line by line: label → what stands there. */
  readonly facts: Readonly<Record<string, readonly ComparedLink[]>>;
  readonly tables: readonly ComparedTable[];
}

/** `/data/compare/index.json`: what entries are called, for whoever types a name. */
export type ComparedNames = readonly { readonly id: string; readonly name: string; readonly aliases: readonly string[] }[];

import type { TaxonomyClass } from '../../taxonomy/index.ts';

/** What is found, with the heading that stands over a group of it. */
export const searchKinds = {
  method: 'Methods',
  concept: 'Concepts',
  paper: 'Papers explained',
  table: 'Tables of results',
  model: 'Models',
  task: 'Tasks',
  cell: 'Cells of the map',
  page: 'Pages',
} as const;
/** One of a kind, as it stands beside a title. */
export const kindNames: Readonly<Record<SearchKind, string>> = {
  method: 'method',
  concept: 'concept',
  paper: 'paper',
  table: 'table',
  model: 'model',
  task: 'task',
  cell: 'cell',
  page: 'page',
};
export type SearchKind = keyof typeof searchKinds;

export const isSearchKind = (word: string): word is SearchKind => Object.hasOwn(searchKinds, word);

/** One thing that the search finds, with the words that lead to it. Details of single records are never among them. */
export interface SearchRecord {
  /** From the site's root: `methods/ilm-vp/`. */
  readonly path: string;
  readonly kind: SearchKind;
  /** What its page is headed. */
  readonly title: string;
  /** Its class, where it is a method that has one. */
  readonly of?: TaxonomyClass;
  /** Other names; the first ones are the best known. */
  readonly aliases: readonly string[];
  /** What other communities call it, or something close to it. */
  readonly terms: readonly string[];
  /** Words for what sort of thing it is: family, values of the dimensions, kinds of data. */
  readonly classed: readonly string[];
  /** Authors, given name first. */
  readonly authors: readonly string[];
  /** The title of its paper, where and when it appeared. */
  readonly source: string;
  readonly summary: string;
  /** Everything else worth finding, in the order in which it is read. */
  readonly text: string;
}

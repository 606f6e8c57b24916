/** A method of the catalogue as it is handed out in a list. */
export interface ListedMethod {
  readonly id: string;
  readonly name: string;
  /** The paper's title. */
  readonly title: string;
  /** Given name first; `others` last where the rest is not known. */
  readonly authors: readonly string[];
  readonly year: number;
  readonly venue: string;
  /** MR, PT, PI or PCA. */
  readonly family: string;
  /** The four sets; empty for a parameter-centric rival. */
  readonly configuration: readonly string[];
  readonly location: readonly string[];
  readonly operator: readonly string[];
  readonly alignment: readonly string[];
  /** Where the four sets come from: survey, derived or none. */
  readonly source: string;
  readonly modalities: readonly string[];
  /** measured, implemented or described. */
  readonly here: string;
  /** Address of the code; null where none was found. */
  readonly code: string | null;
  readonly summary: string;
  /** The entry's page. */
  readonly address: string;
  /** Key of the paper in the bibliography. */
  readonly paper: string;
  /** The paper's BibTeX. */
  readonly bibtex: string;
}

/** A list of methods with what is said about it as a whole. */
export interface MethodList {
  readonly methods: readonly ListedMethod[];
  /** The address that shows this list. */
  readonly from: string;
  /** Terms of the texts. */
  readonly licence: string;
  /** Whose work the list builds on. */
  readonly credit: string;
}

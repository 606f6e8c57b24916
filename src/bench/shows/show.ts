/** Where something enters a model, and what it is. */
export interface ShownEntry {
  readonly tower: 'image' | 'text';
  readonly location: 'input' | 'embedding' | 'hidden';
  /** Counted from 0, where it enters at a block. */
  readonly block?: number;
  readonly what: 'change' | 'texts' | 'vectors' | 'tokens' | 'tokens in place' | 'keys and values' | 'queries' | 'transform';
  /** How many vectors or tokens, where it is some. */
  readonly count?: number;
  /** Whether anything in it was trained. */
  readonly isLearned: boolean;
}

/** A word beside a learned vector. */
export interface NearWord {
  readonly word: string;
  readonly cosine: number;
}

/** What a run changes of its input. */
export interface ShownRun {
  /** Key of the table's row. */
  readonly row: string;
  /** Id of the record whose run it is. */
  readonly record: string;
  /** Digest of what was trained, the record's own; null where nothing was. */
  readonly trainedDigest: string | null;
  readonly entering: readonly ShownEntry[];
  /** The change to the first picture, and each picture with its own. */
  readonly pictures?: {
    readonly file: string;
    /** Mean of the change to the first picture, which grey stands for; 0 where nothing is learned. */
    readonly mean: number;
    /** How far from it black and white are, of the range from 0 to 1. */
    readonly largest: number;
    /** The share of numbers that the change brings below 0 or above 1, where a picture can't show them. */
    readonly beyond: number;
  };
  /** Lists of texts that stand for the class shown. */
  readonly texts?: readonly (readonly string[])[];
  readonly vectors?: {
    readonly of: 'all classes' | 'each class' | 'each picture';
    /** The words around them; `{}` is where the class name goes. */
    readonly template: string;
    /** Where they stand beside the name. */
    readonly place: 'before' | 'around' | 'behind';
    /** For each vector the words it lies nearest to, the nearest first. */
    readonly nearest: readonly (readonly NearWord[])[];
  };
}

/** The runs of one column and seed, on the same test pictures. */
export interface Shows {
  readonly schema: 'shows/1';
  readonly table: string;
  readonly column: string;
  readonly seed: number;
  readonly modelDigest: string;
  readonly taskDigest: string;
  readonly splitDigest: string;
  /** What the class is called whose texts and vectors are shown, that of the first picture. */
  readonly className: string;
  /** Sheets have a first tile, grey here and the change in a run's, and then so many pictures, with a line around each. */
  readonly pictures: {
    readonly file: string;
    readonly classes: readonly string[];
    readonly rows: number;
    readonly columns: number;
  };
  /** Mean over the words of the vocabulary of the cosine with the nearest other word. */
  readonly wordsApart: number | null;
  readonly runs: readonly ShownRun[];
}

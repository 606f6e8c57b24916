import type { Work } from './bibliography.ts';
import type { EntryKind } from './entry.ts';
import type { Lexicon } from './lexicon.ts';

/** What entries may refer to, and the day. */
export interface Known {
  /** Ids of all entries by kind. Those that can't be read count by the names of their files. */
  readonly ids: Readonly<Record<EntryKind, Lexicon>>;
  /** Keys of the bibliography; undefined where there is none. */
  readonly keys: Lexicon | undefined;
  readonly works: ReadonlyMap<string, Work>;
  /** YYYY-MM-DD. */
  readonly today: string;
}

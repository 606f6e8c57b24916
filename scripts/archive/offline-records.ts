import { classCode } from '../../src/site/index.ts';
import type { SearchRecord } from '../../src/site/index.ts';

/** What the archive's search reads of a page: names, summary, and words that lead to it; not its text. */
export interface OfflineRecord {
  readonly path: string;
  readonly title: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly aliases: string;
  readonly summary: string;
  readonly more: string;
}

/** The records of the search without the pages' texts. */
export function offlineRecords(records: readonly SearchRecord[]): readonly OfflineRecord[] {
  return records.map(({ path, title, kind, of, aliases, terms, authors, source, summary }) => ({
    path,
    title,
    meta: { kind, ...(of ? { of: classCode(of) } : {}) },
    aliases: aliases.join(', '),
    summary,
    more: [...terms, ...authors, source].join(', '),
  }));
}

import { synonymsOf } from '../../knowledge/index.ts';
import type { Synonym } from '../../knowledge/index.ts';
import { catalogue } from './entries.ts';

/** The words under which people look for entries, beside their names. */
export const synonyms: readonly Synonym[] = synonymsOf(catalogue);

/** What other communities call an entry, or something close to it. */
export function termsOf(kind: 'methods' | 'concepts', id: string): readonly string[] {
  return synonyms
    .filter(({ as, entries }) => as === 'term' && entries.some((entry) => entry.kind === kind && entry.id === id))
    .map(({ word }) => word);
}

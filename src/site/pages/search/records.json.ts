import { searchRecords } from '../../data/search-records.ts';
import { synonyms } from '../../data/synonyms.ts';
import type { SearchSource } from '../../search/search-source.ts';

/** What the search index is made from; the build takes it away once it has read it. */
export const GET = (): Response => Response.json({ records: [...searchRecords], synonyms: [...synonyms] } satisfies SearchSource);

import { z } from 'zod';
import { alignments, configurations, locations, operators } from '../../taxonomy/index.ts';
import { entrySchemas } from '../../knowledge/index.ts';
import type { EntryKind, Synonym } from '../../knowledge/index.ts';
import { searchKinds } from './search-record.ts';
import type { SearchKind, SearchRecord } from './search-record.ts';

const words = z.array(z.string());
const record: z.ZodType<SearchRecord> = z.strictObject({
  path: z.string(),
  kind: z.enum(Object.keys(searchKinds) as [SearchKind, ...SearchKind[]]),
  title: z.string().min(1),
  of: z
    .strictObject({
      configuration: z.array(z.enum(configurations)),
      location: z.array(z.enum(locations)),
      operator: z.array(z.enum(operators)),
      alignment: z.array(z.enum(alignments)),
    })
    .exactOptional(),
  aliases: words,
  terms: words,
  classed: words,
  authors: words,
  source: z.string(),
  summary: z.string(),
  text: z.string(),
});
const synonym: z.ZodType<Synonym> = z.strictObject({
  word: z.string().min(1),
  as: z.enum(['alias', 'term']),
  entries: z.array(z.strictObject({ kind: z.enum(Object.keys(entrySchemas) as [EntryKind, ...EntryKind[]]), id: z.string() })),
});

/** What the pages hand to the search: a build writes it as `search/records.json`, reads it once and takes it away. */
export const searchSource = z.strictObject({ records: z.array(record), synonyms: z.array(synonym) });
export type SearchSource = z.infer<typeof searchSource>;

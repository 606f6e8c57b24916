import { methods } from '../../data/entries.ts';
import { catalogueDigest } from '../../data/facets.ts';
import type { Words } from '../../islands/catalogue/columns.ts';

const words: Words = {
  schema: 'atlas-words/1',
  of: catalogueDigest,
  titles: methods.map(({ data }) => data.title),
  authors: methods.map(({ data }) => data.authors),
  aliases: methods.map(({ data }) => data.aliases ?? []),
  summaries: methods.map(({ data }) => data.summary),
};

/** What the catalogue looks through for words, fetched when its field gets the focus. */
export const GET = (): Response => Response.json(words);

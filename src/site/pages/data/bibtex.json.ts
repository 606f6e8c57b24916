import { credit, licence } from '../../../knowledge/index.ts';
import { methods, works } from '../../data/entries.ts';
import { catalogueDigest } from '../../data/facets.ts';
import type { Works } from '../../islands/catalogue/columns.ts';

const papers = methods.map(({ data }) => data.paper);

const document: Works = {
  schema: 'atlas-works/1',
  of: catalogueDigest,
  licence,
  credit,
  papers,
  code: methods.map(({ data }) => (data.code === 'none found' ? null : data.code)),
  bibtex: Object.fromEntries([...new Set(papers)].map((key) => [key, works.get(key)?.bibtex ?? ''])),
};

/** The papers of all methods as BibTeX, fetched when a list is taken away. */
export const GET = (): Response => Response.json(document);

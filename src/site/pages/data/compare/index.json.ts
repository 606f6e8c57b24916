import type { APIRoute } from 'astro';
import type { ComparedNames } from '../../../islands/compare/compared-entry.ts';
import { methods } from '../../../data/entries.ts';

/** What the entries are called, for the compare page's field. */
export const GET: APIRoute = () => {
  const names: ComparedNames = methods.map(({ data: { id, name, aliases = [] } }) => ({ id, name, aliases }));
  return Response.json(names);
};

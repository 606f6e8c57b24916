import { columns } from '../../data/facets.ts';

/** The catalogue in columns, for its facets. */
export const GET = (): Response => Response.json(columns);

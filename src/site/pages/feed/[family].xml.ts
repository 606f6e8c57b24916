import type { APIRoute, GetStaticPaths } from 'astro';
import type { Family } from '../../../knowledge/index.ts';
import { familyFeed, feedFamilies } from '../../machines/feeds.ts';

export const getStaticPaths: GetStaticPaths = () =>
  Object.entries(feedFamilies).map(([name, family]) => ({ params: { family: name }, props: { family } }));

/** The methods of one family as an Atom feed. */
export const GET: APIRoute<{ family: Family }> = ({ props }) => new Response(familyFeed(props.family));

import type { APIRoute, GetStaticPaths } from 'astro';
import { publications } from '../../../data/publications.ts';
import type { Publication } from '../../../data/publications.ts';

export const getStaticPaths: GetStaticPaths = () =>
  publications.map((publication) => ({ params: { file: publication.path.replace('data/v1/', '') }, props: { publication } }));

/** A file of data for other programs. */
export const GET: APIRoute<{ publication: Publication }> = ({ props }) => new Response(props.publication.text());

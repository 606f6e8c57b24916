import type { APIRoute, GetStaticPaths } from 'astro';
import { methods, works } from '../../../data/entries.ts';

export const getStaticPaths: GetStaticPaths = () =>
  methods.map(({ data }) => ({ params: { id: data.id, file: data.id }, props: { key: data.paper } }));

/** The entry of the paper that a method comes from, for reference managers. */
export const GET: APIRoute<{ key: string }> = ({ props }) => {
  const work = works.get(props.key);
  if (work === undefined) throw new Error(`references.bib has no entry "${props.key}".`);
  return new Response(`${work.bibtex.trim()}\n`);
};

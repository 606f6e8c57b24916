import type { APIRoute, GetStaticPaths } from 'astro';
import { filesOf } from '../../../data/table-files.ts';
import { tables } from '../../../data/tables.ts';

export const getStaticPaths: GetStaticPaths = () =>
  tables.flatMap(({ id }) => filesOf(id).map(({ name, text }) => ({ params: { table: id, file: name }, props: { text } })));

/** A table for other programs, in the order of the page, or the records it rests on. */
export const GET: APIRoute<{ text: string }> = ({ props }) => new Response(props.text);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { allShows, sheetsOf, showsFolder } from '../../../../data/shows.ts';
import { tables } from '../../../../data/tables.ts';

interface Props {
  readonly path: string;
}

export const getStaticPaths: GetStaticPaths = () =>
  tables.flatMap(({ id }) => {
    const shows = allShows.get(id);
    return (shows ? sheetsOf(shows) : []).map((name) => ({
      params: { table: id, file: name.replace(/\.png$/, '') },
      props: { path: join(showsFolder(id), name) } satisfies Props,
    }));
  });

/** A sheet of pictures: what a run changes of them. */
export const GET: APIRoute<Props> = ({ props: { path } }) => new Response(new Uint8Array(readFileSync(path)), { headers: { 'content-type': 'image/png' } });

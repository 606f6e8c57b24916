import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { taskCards } from '../../data/cards.ts';
import { folders } from '../../data/project.ts';

export const getStaticPaths: GetStaticPaths = () =>
  taskCards.flatMap(({ samples }) => (samples ? [{ params: { file: samples.file.replace(/\.png$/, '') } }] : []));

/** A sheet of a task's sample pictures. */
export const GET: APIRoute = ({ params }) =>
  new Response(readFileSync(join(folders.benchmarks, 'cards', 'tasks', `${params['file'] ?? ''}.png`)), {
    headers: { 'content-type': 'image/png' },
  });

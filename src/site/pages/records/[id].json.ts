import type { APIRoute, GetStaticPaths } from 'astro';
import { recordLine } from '../../../results/index.ts';
import type { RunRecord } from '../../../results/index.ts';
import { records } from '../../data/tables.ts';

export const getStaticPaths: GetStaticPaths = () => records.map((record) => ({ params: { id: record.id }, props: { record } }));

/** A record as it is stored: its `id` is the hash of this text without that field. */
export const GET: APIRoute<{ record: RunRecord }> = ({ props }) => new Response(`${recordLine(props.record)}\n`);

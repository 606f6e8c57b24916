import type { APIRoute, GetStaticPaths } from 'astro';
import type { MethodEntry } from '../../../../knowledge/index.ts';
import { comparedEntry } from '../../../components/method/compared-entry.ts';
import { methods } from '../../../data/entries.ts';

export const getStaticPaths: GetStaticPaths = () => methods.map(({ data }) => ({ params: { id: data.id }, props: { entry: data } }));

/** One entry for the compare page. */
export const GET: APIRoute<{ entry: MethodEntry }> = ({ props }) => Response.json(comparedEntry(props.entry));

import type { APIRoute } from 'astro';
import { wholeFeed } from '../machines/feeds.ts';

/** Every entry as an Atom feed. */
export const GET: APIRoute = () => new Response(wholeFeed());

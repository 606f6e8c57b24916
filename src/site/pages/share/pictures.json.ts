import type { APIRoute } from 'astro';
import { sharePictures } from '../../share/pictures.ts';

/** What the build draws after the pages; the finished site holds the pictures in this file's place. */
export const GET: APIRoute = () => new Response(JSON.stringify(sharePictures));

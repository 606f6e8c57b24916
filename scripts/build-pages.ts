/**
 * A process that makes the pages of the site and ends: with ten thousand entries it takes more than a gigabyte, which the
 * search index needs next. Started by `render-pages.ts` with the folder to build into and the folder of its cache.
 */
import { build } from 'astro';
import { root } from './parts/root.ts';
import type { PagesAnswer } from './render-pages.ts';

// Whoever asked for the pages is gone.
process.once('disconnect', () => process.exit(1));

const [outDir = '', cacheDir = ''] = process.argv.slice(2);
const answer = (given: PagesAnswer): Promise<void> => new Promise((resolve) => process.send?.(given, () => resolve()) ?? resolve());
try {
  await build({ root, outDir, cacheDir, logLevel: 'warn' });
  await answer({ error: null });
} catch (error) {
  const isPlain = error instanceof Error && error.name === 'Error';
  await answer({ error: isPlain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error), isPlain });
}
process.exit();

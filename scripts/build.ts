/** `npm run build`: the site and its search index into `dist/`. */
import { buildSite } from './build-site.ts';

try {
  const { pages, searchable, records, seconds } = await buildSite();
  console.log(`dist/: ${pages} pages, ${searchable} of them searchable, ${records} records (${seconds.toFixed(1)} s)`);
} catch (error) {
  // A mistake in content or records is told by its sentence; anything else with its place in the code.
  console.error(error instanceof Error && error.name === 'Error' ? error.message : error);
  process.exitCode = 1;
}
// The build's worker threads may linger.
process.exit();

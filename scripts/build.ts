/** `npm run build -- [--out DIR]`: the site and its search index into `dist/`, or into another folder. */
import { parseArgs } from 'node:util';
import { whatIsUnset } from '../src/site/index.node.ts';
import { buildSite } from './build-site.ts';

try {
  const { out } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } }).values;
  const unset = whatIsUnset();
  if (unset !== undefined) console.log(unset);
  const { pages, searchable, records, seconds } = await buildSite({
    out,
    onPhase: (phase) => console.log(`${phase.name}: ${phase.seconds.toFixed(1)} s (${phase.made})`),
  });
  console.log(`${out}/: ${pages} pages, ${searchable} things in the search, ${records} records (${seconds.toFixed(1)} s)`);
} catch (error) {
  // A mistake in content or records is told by its sentence; anything else with its place in the code.
  console.error(error instanceof Error && error.name === 'Error' ? error.message : error);
  process.exitCode = 1;
}
// The build's worker threads may linger.
process.exit();

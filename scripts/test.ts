/**
 * `npm test -- [PART …] [--full]`: every part, or those named. The last line is `N passed, N failed`, the exit code
 * 1 when something failed or a part examined nothing.
 */
import { combine, parts, runPart, type Outcome } from './parts/index.ts';
import { stopSignal } from './stop-signal.ts';

const usage = `Usage: npm test -- [PART …] [--full]
Parts, in the order they run: ${parts.map(({ name }) => name).join(', ')}. Without a name all of them run.
  --full  also what is too slow for every day`;

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const unknown = [
  ...names.filter((name) => !parts.some((part) => part.name === name)),
  ...options.filter((option) => !['--full', '--help'].includes(option)),
];

if (options.includes('--help')) {
  console.log(usage);
} else if (unknown.length > 0) {
  console.error(`There is no part or option "${unknown.join('", "')}".\n${usage}`);
  process.exitCode = 1;
} else {
  const signal = stopSignal();
  const outcomes: Outcome[] = [];
  for (const part of parts.filter(({ name }) => names.length === 0 || names.includes(name))) {
    if (!signal.aborted) outcomes.push(await runPart(part, { full: options.includes('--full'), signal }));
  }
  const { passed, failed } = combine(outcomes);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || signal.aborted ? 1 : 0;
}

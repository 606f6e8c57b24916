/** `npm run check`: types, lint and the unit tests of the rooms touched since the last commit. */
import { combine, parts, runPart, runRooms, type Outcome, type Part } from './parts/index.ts';
import { touchedRooms } from './parts/touched-rooms.ts';
import { stopSignal } from './stop-signal.ts';

const signal = stopSignal();
const rooms = await touchedRooms();
const touched: Part = {
  name: 'unit',
  describes: `the tests of the rooms touched: ${rooms.join(', ')}`,
  run: (options) => runRooms(rooms, options),
};
const chosen = [...parts.filter(({ name }) => name === 'types' || name === 'lint'), ...(rooms.length > 0 ? [touched] : [])];

const outcomes: Outcome[] = [];
for (const part of chosen) {
  if (!signal.aborted) outcomes.push(await runPart(part, { full: false, signal }));
}
if (rooms.length === 0) console.log('No room with unit tests was touched since the last commit.');
const { passed, failed } = combine(outcomes);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || signal.aborted ? 1 : 0;

import { combine, failure, type Outcome, type Part, type PartOptions } from './part.ts';
import { runTests } from './run-tests.ts';
import { testFiles, unitRooms } from './test-files.ts';

/** The unit tests of some rooms, a line each. */
export async function runRooms(rooms: readonly string[], options: PartOptions): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const room of rooms) {
    const began = performance.now();
    const files = testFiles(room);
    const outcome = files.length === 0 ? failure('0 test files', `tests/${room}/ holds no test file.`) : await runTests(files, options);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`  ${room}: ${outcome.passed} passed, ${outcome.failed} failed in ${files.length} files, ${seconds} s`);
    outcomes.push({ ...outcome, examined: '' });
  }
  return { ...combine(outcomes), examined: `${rooms.length} rooms` };
}

/** Every room's tests but those that are parts of their own. */
export const unit: Part = {
  name: 'unit',
  describes: 'the tests of each room',
  run: (options) => runRooms(unitRooms(), options),
};

import { combine, failure, type Outcome, type Part, type PartOptions } from './part.ts';
import { runTests, type FileTally } from './run-tests.ts';
import { testFiles, unitRooms } from './test-files.ts';

/** The unit tests of some rooms, two files at once whatever their room; a line for each room when it is done. */
export async function runRooms(rooms: readonly string[], options: PartOptions): Promise<Outcome> {
  const files = new Map(rooms.map((room) => [room, testFiles(room)]));
  const empty = rooms.filter((room) => files.get(room)?.length === 0);
  const done: FileTally[] = [];
  const onFile = (tally: FileTally): void => {
    done.push(tally);
    const room = rooms.find((name) => files.get(name)?.includes(tally.file));
    const own = done.filter(({ file }) => files.get(room ?? '')?.includes(file));
    if (room !== undefined && own.length === files.get(room)?.length) console.log(`  ${room}: ${sumUp(own)}`);
  };
  const outcome = await runTests([...files.values()].flat(), { ...options, onFile });
  const missing = empty.map((room) => failure('', `tests/${room}/ holds no test file.`));
  return { ...combine([outcome, ...missing]), examined: `${rooms.length} rooms, ${outcome.examined}` };
}

function sumUp(tallies: readonly FileTally[]): string {
  const sum = (value: (tally: FileTally) => number): number => tallies.reduce((total, tally) => total + value(tally), 0);
  return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed in ${tallies.length} files (${sum(({ seconds }) => seconds).toFixed(1)} s)`;
}

/** Every room's tests but those that are parts of their own. */
export const unit: Part = {
  name: 'unit',
  describes: 'the tests of each room',
  run: (options) => runRooms(unitRooms(), options),
};

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** The folders of `tests/` with a part of their own, and those that hold data instead of tests. */
const ownParts: readonly string[] = ['parity', 'site', 'browser'];
const dataFolders: readonly string[] = ['oracles', 'fixtures'];

/** The rooms that have unit tests: the folders of `tests/`. */
export function unitRooms(): string[] {
  return readdirSync(join(root, 'tests'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && ![...ownParts, ...dataFolders].includes(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** The test files under `tests/<room>/`, as absolute paths in order; none when the room has no folder. */
export function testFiles(room: string): string[] {
  const folder = join(root, 'tests', room);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const browserModules = /from '[./\w-]*\/(browser\/\w[\w-]*|served-site)\.ts'/;

/** True for the tests that start a browser, which they come by through `tests/browser/`: they run in the part `browser`. */
export const needsBrowser = (file: string): boolean => browserModules.test(readFileSync(file, 'utf8'));

import { runProcess } from './command.ts';
import { unitRooms } from './test-files.ts';

/** Files that differ from the last commit, untracked ones included, relative to the project's folder. */
async function touchedFiles(): Promise<string[]> {
  const { code, stdout, stderr } = await runProcess('git', ['status', '--porcelain', '--untracked-files=all', '-z']);
  if (code !== 0) throw new Error(`git can't say what has changed: ${stderr.trim()}`);
  return stdout.split('\0').flatMap((entry) => (entry.length > 3 ? [entry.slice(3)] : []));
}

/** The room whose tests answer for a file; undefined where types and lint have to do. */
export function roomOf(file: string): string | undefined {
  const [top = '', second = ''] = file.split('/');
  if (top === 'src' || top === 'tests') return second;
  if (top === 'scripts') return second === 'lint' ? 'lint' : 'project';
  if (top === 'content') return 'knowledge';
  return undefined;
}

/** The rooms with unit tests that were touched since the last commit, in order. */
export async function touchedRooms(): Promise<string[]> {
  const touched = new Set((await touchedFiles()).map(roomOf));
  return unitRooms().filter((room) => touched.has(room));
}

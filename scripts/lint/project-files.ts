import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createSource, type Source } from './rule.ts';

/** Outputs of other libraries, kept as they came. */
const foreign = /^tests\/oracles\//;

/** A NUL byte near the start marks a file as binary. */
const isText = (bytes: Buffer): boolean => !bytes.subarray(0, 8000).includes(0);

/** Every text file of the project that git tracks or would track, foreign outputs left out. */
export function projectSources(root: string): readonly Source[] {
  const listing = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(listing.split('\0'))]
    .filter((path) => path !== '' && !foreign.test(path))
    .flatMap((path) => {
      const file = join(root, path);
      if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return [];
      const bytes = readFileSync(file);
      return isText(bytes) ? [createSource(path, bytes.toString('utf8'))] : [];
    });
}

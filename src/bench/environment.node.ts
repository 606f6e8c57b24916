import { execFileSync } from 'node:child_process';
import { arch, cpus, platform } from 'node:os';
import type { Environment } from './types.ts';

/** What of a checkout decides numbers: changes elsewhere (pages, entries, records) don't make a run dirty. */
const decisive = ['src', 'package-lock.json', 'benchmarks/models'];

/** This machine and this checkout. Git that is missing or a folder outside a checkout gives commit `unknown`. */
export function environmentHere(root: string): Environment {
  return {
    engine: `node ${process.versions.node}`,
    versions: {},
    commit: git(root, ['rev-parse', 'HEAD']) ?? 'unknown',
    dirty: git(root, ['status', '--porcelain', '--', ...decisive]) !== '',
    architecture: arch(),
    platform: platform(),
    cpu: cpus()[0]?.model.trim() || 'unknown',
    threads: 1,
  };
}

function git(root: string, words: readonly string[]): string | undefined {
  try {
    return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

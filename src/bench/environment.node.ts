import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from './types.ts';

/** What of a checkout decides numbers: changes elsewhere (pages, entries, records) don't make a run dirty. */
const decisive = ['src', 'package-lock.json', 'benchmarks/models'];

/** What `checkout.json` says in a copy of a checkout that has no history (`npm run pack:gpu`). */
const copied = z.object({ commit: z.string(), dirty: z.boolean() });

/** This machine and this checkout. Without git, or outside a checkout or a copy of one, the commit is `unknown`. */
export function environmentHere(root: string): Environment {
  return {
    engine: `node ${process.versions.node}`,
    versions: {},
    ...(copiedCheckout(root) ?? {
      commit: git(root, ['rev-parse', 'HEAD']) ?? 'unknown',
      dirty: git(root, ['status', '--porcelain', '--', ...decisive]) !== '',
    }),
    architecture: arch(),
    platform: platform(),
    cpu: cpus()[0]?.model.trim() || 'unknown',
    threads: 1,
  };
}

function copiedCheckout(root: string): z.infer<typeof copied> | undefined {
  let text: string;
  try {
    text = readFileSync(join(root, 'checkout.json'), 'utf8');
  } catch {
    return undefined;
  }
  return copied.parse(JSON.parse(text));
}

function git(root: string, words: readonly string[]): string | undefined {
  try {
    return execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

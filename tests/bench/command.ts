import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
export const projectRoot = join(here, '..', '..');
export const fakeRunner = join(here, 'fake-runner.ts');

/** A copy of the small project, to run in. */
export function freshProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
  cpSync(join(here, 'project'), folder, { recursive: true });
  return folder;
}

export interface Finished {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly error: string;
}

/** Starts a script of the project; `finished` resolves when it has ended. */
export function start(script: string, words: readonly string[], env: Record<string, string> = {}): { child: ChildProcess; finished: Promise<Finished> } {
  const child = spawn(process.execPath, [join(projectRoot, 'scripts', script), ...words], {
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.on('data', (piece) => (out += String(piece)));
  child.stderr.on('data', (piece) => (error += String(piece)));
  const finished = new Promise<Finished>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, out, error })),
  );
  return { child, finished };
}

/** `bench` on a small project with the fake runner, to its end. */
export function bench(root: string, ...words: readonly string[]): Promise<Finished> {
  return start('bench.ts', [...words, '--root', root, '--runner', fakeRunner]).finished;
}

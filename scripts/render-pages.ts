import { fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from './parts/root.ts';

/** What the process that makes the pages says at its end. */
export type PagesAnswer =
  | { readonly error: null }
  /** `isPlain` for a mistake in content or records, told by its sentence; else with its place in the code. */
  | { readonly error: string; readonly isPlain: boolean };

/** Something that went wrong in the code, with its place there. */
class PagesError extends Error {
  override readonly name = 'PagesError';
  override readonly stack: string;

  constructor(place: string) {
    super(place);
    this.stack = place;
  }
}

/**
 * Makes the pages of the site in a process of their own.
 * @param outDir the folder to build into, absolute
 * @param cacheDir where the pages of the build before are kept, absolute
 * @throws {Error} where content or records are wrong, or the process ends without a word
 */
export function renderPages(outDir: string, cacheDir: string): Promise<void> {
  const child = fork(join(import.meta.dirname, 'build-pages.ts'), [outDir, cacheDir], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let said: PagesAnswer | undefined;
    child.once('message', (answer: PagesAnswer) => {
      said = answer;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (said?.error === null) resolve();
      else if (said === undefined) reject(new Error(`The pages were not made: their process ended with ${signal ?? `code ${code ?? 0}`}.`));
      else reject(said.isPlain ? new Error(said.error) : new PagesError(said.error));
    });
  });
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { swiftShaderEnvironment, whyNoSwiftShader } from '../../../scripts/swiftshader-environment.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** For tests that need SwiftShader: they are left out, and said to be, on platforms that can't have it. */
export const whereSwiftShaderIs = { skip: whyNoSwiftShader ?? false };

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs a script of the project in a process whose graphics adapter is SwiftShader. `script` is a path below the project's
 * folder; `env` stands over the environment, as do the variables that SwiftShader needs.
 * @throws Error with a sentence where this platform has no SwiftShader
 */
export async function onSwiftShader(script: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...words], {
    cwd: root,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...(await swiftShaderEnvironment()), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.on('data', (piece) => (out += String(piece)));
  child.stderr.on('data', (piece) => (error += String(piece)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, error })));
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root } from './root.ts';

export interface Finished {
  /** The exit code; 128 + n when a signal ended the process. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs one of the project's scripts under this Node and keeps what it prints.
 * A script that isn't there ends with code 127 and a sentence, as in a shell.
 */
export function runScript(script: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const path = join(root, script);
  if (!existsSync(path)) {
    return Promise.resolve({ code: 127, stdout: '', stderr: `${script} does not exist.` });
  }
  return runProcess(process.execPath, [path, ...args], options);
}

/** The longest that one command may take. */
const limitMinutes = 10;

/**
 * Runs a program from the project's folder to its end and keeps what it prints. One that takes longer than ten minutes
 * is stopped and ends with code 124, as `timeout` has it.
 */
export function runProcess(program: string, args: readonly string[], { signal, env }: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMinutes * 60_000,
      ...(signal === undefined ? {} : { signal }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => stdout.push(part));
    child.stderr.on('data', (part: Buffer) => stderr.push(part));
    child.on('error', reject);
    child.on('close', (code, ended) => {
      const late = ended === 'SIGTERM' && signal?.aborted !== true;
      const said = Buffer.concat(stderr).toString('utf8');
      resolve({
        code: code ?? (late ? 124 : 128 + (constants.signals[ended ?? 'SIGTERM'] ?? 0)),
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: late ? `${said}Stopped after ${limitMinutes} minutes.` : said,
      });
    });
  });
}

import { basename, relative, sep } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import type { Outcome, PartOptions } from './part.ts';
import { root } from './root.ts';

/** Milliseconds that a test file may take, ten times as many with `--full`: a hanging one fails in place of hanging the whole. */
const fileLimit = 8 * 60_000;

/** One test file after its run. */
export interface FileTally {
  /** Absolute. */
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

export interface TestRunOptions extends PartOptions {
  /** How many files run at once, each in a process of its own. */
  readonly concurrency?: number;
  /** Told of each file when it ends. */
  readonly onFile?: (tally: FileTally) => void;
  /** Told what a test says beside its outcome: how much it examined. */
  readonly onNews?: (text: string) => void;
}

interface TestEvent {
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly skip?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined };
}

type FailEvent = TestEvent & { readonly details: { readonly error: unknown } };

/** What is known of a file while it runs. */
interface FileState {
  passed: number;
  failed: number;
  skipped: number;
  isBroken: boolean;
  stderr: string;
}

/**
 * Runs test files with `node:test`, a process for each file, and counts single tests: suites aren't counted, a file
 * without a test is a failure, a skipped test is a note and neither passed nor failed.
 */
export async function runTests(files: readonly string[], options: TestRunOptions): Promise<Outcome> {
  const examined = `${files.length} test files`;
  const { full, signal, concurrency = 2, onFile, onNews } = options;
  if (files.length === 0 || signal.aborted) return { passed: 0, failed: 0, examined: '0 test files', failures: [], notes: [] };
  if (full) process.env['ATLAS_FULL'] = '1';
  const states = new Map(files.map((file): [string, FileState] => [file, { passed: 0, failed: 0, skipped: 0, isBroken: false, stderr: '' }]));
  const failures: string[] = [];
  const notes: string[] = [];
  // A file that breaks before its first test, or holds none, is reported under its own name.
  const byName = new Map(files.flatMap((file) => [[file, file] as const, [relative(root, file), file] as const]));
  const stateOf = (event: { readonly file?: string | undefined }): FileState | undefined => states.get(event.file ?? '');

  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const stream = run({ files: [...files], concurrency, signal, cwd: root, execArgv, timeout: full ? 10 * fileLimit : fileLimit });
  stream.on('test:pass', (event: TestEvent) => {
    const state = stateOf(event);
    if (state === undefined || event.details.type === 'suite' || byName.has(event.name)) return;
    if (event.skip === undefined || event.skip === false) state.passed += 1;
    else {
      state.skipped += 1;
      notes.push(`skipped: ${event.name} (${place(event)}): ${event.skip === true ? 'no reason given' : event.skip}`);
    }
  });
  stream.on('test:fail', (event: FailEvent) => {
    const { error } = event.details;
    const whole = byName.get(event.name);
    const state = states.get(whole ?? '') ?? stateOf(event);
    if (state === undefined) return;
    if (whole !== undefined) {
      state.isBroken = true;
      return;
    }
    // A suite fails because a test in it has failed, which is counted already.
    if (error instanceof Error && /^'?\d+ subtests? failed/.test(error.message)) return;
    state.failed += 1;
    failures.push(`${event.name} (${place(event)})\n${reason(error)}`);
  });
  stream.on('test:diagnostic', ({ file, message }: { readonly file?: string | undefined; readonly message: string }) => {
    if (states.has(file ?? '') && message.startsWith('examined ')) onNews?.(`${basename(file ?? '')} ${message}`);
  });
  stream.on('test:stderr', (event: { readonly file: string; readonly message: string }) => {
    const state = stateOf(event);
    if (state !== undefined) state.stderr += event.message;
  });
  stream.on('test:summary', (event: { readonly file?: string | undefined; readonly duration_ms: number }) => {
    const { file } = event;
    const state = stateOf(event);
    if (file === undefined || state === undefined) return;
    const fault = faultOf(state);
    onFile?.({ file, passed: state.passed, failed: state.failed + Number(fault !== undefined), seconds: event.duration_ms / 1000 });
  });
  // The stream has to be read to its end for the run to go on.
  for await (const _ of stream) void _;

  const all = [...states.values()];
  const passed = all.reduce((sum, state) => sum + state.passed, 0);
  const failed = all.reduce((sum, state) => sum + state.failed, 0);
  if (signal.aborted) return { passed, failed: failed + 1, examined, failures: [...failures, 'Stopped before the end.'], notes };
  const faults = [...states].flatMap(([file, state]) => {
    const fault = faultOf(state);
    return fault === undefined ? [] : [`${relative(root, file)} ${fault}.\n${state.stderr}`.trimEnd()];
  });
  return { passed, failed: failed + faults.length, examined, failures: [...failures, ...faults], notes };
}

/** What is wrong with a file besides its single tests. */
function faultOf({ passed, failed, skipped, isBroken }: FileState): string | undefined {
  if (isBroken && failed === 0) return 'ended in an error';
  return passed + failed + skipped === 0 ? 'holds no test' : undefined;
}

function place(event: TestEvent): string {
  if (event.file === undefined) return 'no file';
  const path = relative(root, event.file).split(sep).join('/');
  return event.line === undefined ? path : `${path}:${event.line}`;
}

/** What a failed test threw, without the test runner's own frames. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause, { depth: 4 });
  return text
    .split('\n')
    .filter((line) => !/^\s+at .*\(?node:internal/.test(line))
    .join('\n');
}

import { relative, sep } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import type { Outcome, PartOptions } from './part.ts';
import { root } from './root.ts';

/** Milliseconds that a test file may take: a hanging one fails in place of hanging the whole. */
const fileLimit = 8 * 60_000;

interface TestEvent {
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: { readonly duration_ms: number; readonly type?: string | undefined };
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

/**
 * Runs test files with `node:test`, a process for each file and as many at once as given, and counts single tests:
 * suites aren't counted, a file without a test is a failure, a skipped test is a note and neither passed nor failed.
 */
export async function runTests(
  files: readonly string[],
  { full, signal, concurrency = 2 }: PartOptions & { readonly concurrency?: number },
): Promise<Outcome> {
  if (files.length === 0) return { passed: 0, failed: 0, examined: '0 test files', failures: [], notes: [] };
  const fruitful = new Set<string>();
  const broken = new Set<string>();
  const failures: string[] = [];
  const notes: string[] = [];
  let passed = 0;
  let failed = 0;
  if (full) process.env['ATLAS_FULL'] = '1';
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const stream = run({ files: [...files], concurrency, signal, cwd: root, execArgv, timeout: fileLimit });

  // A file that holds no test, or breaks before its first, is reported under its own name.
  const wholeFiles = new Set(files.flatMap((file) => [file, relative(root, file)]));
  stream.on('test:pass', (event: TestEvent) => {
    if (event.details.type === 'suite' || wholeFiles.has(event.name)) return;
    if (event.file !== undefined) fruitful.add(event.file);
    if (event.skip === undefined || event.skip === false) passed += 1;
    else notes.push(`skipped: ${event.name} (${place(event)}): ${event.skip === true ? 'no reason given' : event.skip}`);
  });
  stream.on('test:fail', (event: TestEvent & { readonly details: { readonly error: unknown } }) => {
    const { error } = event.details;
    // A suite fails because a test in it has failed, which is counted already.
    if (error instanceof Error && /^'?\d+ subtests? failed/.test(error.message)) return;
    if (wholeFiles.has(event.name)) {
      broken.add(event.name);
      return;
    }
    if (event.file !== undefined) fruitful.add(event.file);
    failed += 1;
    failures.push(`${event.name} (${place(event)})\n${reason(error)}`);
  });
  const stderr = new Map<string, string>();
  stream.on('test:stderr', ({ file, message }: { readonly file: string; readonly message: string }) => {
    stderr.set(file, (stderr.get(file) ?? '') + message);
  });
  // The stream has to be read to its end for the run to go on.
  for await (const _ of stream) void _;

  for (const file of files) {
    const name = relative(root, file);
    const fault = broken.has(file) || broken.has(name) ? 'ended in an error' : fruitful.has(file) ? undefined : 'holds no test';
    if (fault === undefined) continue;
    failed += 1;
    failures.push(`${name} ${fault}.\n${stderr.get(file) ?? ''}`.trimEnd());
  }
  return { passed, failed, examined: `${files.length} test files`, failures, notes };
}

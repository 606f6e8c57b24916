import { join } from 'node:path';
import { run } from 'node:test';
import { root } from '../parts/root.ts';
import { checkedGoals } from './checked-goals.ts';
import type { Row } from './goals.ts';

/** One test after its run. */
interface Checked {
  readonly file: string;
  readonly name: string;
  readonly isPassed: boolean;
  /** What it said that it had examined: "1,203 links on 56 pages"; one test may say several things. */
  readonly examined: string[];
}

/** Runs the test files that the goals name, once each, and gives a row for each goal: reached when all its tests hold and there is one. */
export async function runChecks(): Promise<readonly Row[]> {
  const files = [...new Set(checkedGoals.flatMap(({ tests }) => tests.map(({ file }) => file)))];
  const checked: Checked[] = [];
  const stream = run({ files: files.map((file) => join(root, 'tests', file)), concurrency: 1, cwd: root });
  const add = (isPassed: boolean) => (event: { readonly name: string; readonly file?: string | undefined; readonly details: { readonly type?: string | undefined } }): void => {
    const file = files.find((each) => event.file === join(root, 'tests', each));
    if (file !== undefined && event.details.type !== 'suite') checked.push({ file, name: event.name, isPassed, examined: [] });
  };
  stream.on('test:pass', add(true));
  stream.on('test:fail', add(false));
  stream.on('test:diagnostic', ({ file, message }: { readonly file?: string | undefined; readonly message: string }) => {
    // It comes right after the test that it belongs to.
    const last = checked.findLast((each) => file === join(root, 'tests', each.file));
    if (last !== undefined && message.startsWith('examined ')) last.examined.push(message.slice('examined '.length));
  });
  for await (const _ of stream) void _;
  return checkedGoals.map(({ id, goal, what, tests }) => {
    const own = checked.filter((each) => tests.some(({ file, name }) => each.file === file && name.test(each.name)));
    const failed = own.filter(({ isPassed }) => !isPassed);
    const missing = tests.filter(({ file, name }) => !checked.some((each) => each.file === file && name.test(each.name)));
    const examined = own.flatMap((each) => each.examined).join('; ');
    return {
      id, goal, what, threshold: 'all hold',
      figure: `${own.length - failed.length} of ${own.length} checks hold${examined === '' ? '' : ` (${examined})`}`,
      isReached: own.length > 0 && failed.length === 0 && missing.length === 0,
      whyNot: [...failed.map(({ name }) => `fails: ${name}`), ...missing.map(({ file, name }) => `no test of tests/${file} is named like ${name.source}`)].join('; '),
    };
  });
}

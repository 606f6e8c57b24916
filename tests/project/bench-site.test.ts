import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedGoals } from '../../scripts/bench-site/checked-goals.ts';
import { goals, rowsOf, type Row } from '../../scripts/bench-site/goals.ts';
import { median } from '../../scripts/bench-site/median.ts';
import { withRows } from '../../scripts/bench-site/write-report.ts';
import { madeUpCatalogue } from '../../scripts/made-up-catalogue.ts';
import { validateContent } from '../../src/knowledge/index.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const tests = join(import.meta.dirname, '..');
const row = (id: string, figure: string): Row => ({ id, goal: 8, what: `what ${id} is`, threshold: '≤ 1 s', figure, isReached: true, whyNot: '' });
const empty = 'before\n<!-- made by npm run bench:site: begin -->\n<!-- made by npm run bench:site: end -->\nafter\n';

test('a made-up catalogue is valid, the same each time, and as full in every cell as in every other', () => {
  const files = madeUpCatalogue(144);
  assert.deepEqual(validateContent(files, { today: '2026-11-21' }).errors, []);
  assert.deepEqual(madeUpCatalogue(144), files);
  const classes = files.flatMap(({ text }) => /^configuration: .*\nlocation: .*\noperator: .*\nalignment: .*$/m.exec(text)?.[0] ?? []);
  const counts = [...Map.groupBy(classes, (each) => each).values()].map(({ length }) => length);
  assert.deepEqual([counts.length, Math.min(...counts), Math.max(...counts)], [72, 2, 2]);
});

test('a median stands in the middle', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.ok(Number.isNaN(median([])));
});

test('a goal is reached at its threshold and not beyond it, by the median', () => {
  const reached = (id: string, values: readonly number[]): boolean | undefined => rowsOf(new Map([[id, values]]))[0]?.isReached;
  assert.equal(reached('build-cold-1000', [30, 20, 10]), true);
  assert.equal(reached('build-cold-1000', [20.1]), false);
  assert.equal(reached('lighthouse-performance', [0.99]), true);
  assert.equal(reached('lighthouse-performance', [0.98]), false);
  assert.deepEqual(rowsOf(new Map()), []);
});

test('a run puts its rows into the report and leaves those that it did not measure', () => {
  const first = withRows(empty, [row('build-cold-1000', 'one'), row('build-warm-1000', 'two')], 'monday');
  const second = withRows(first, [row('build-cold-1000', 'three | four')], 'tuesday');
  const lines = second.split('\n').filter((line) => line.includes('<a id='));
  assert.equal(lines.length, 2);
  assert.match(second, /^before\n/);
  assert.match(second, /\nafter\n$/);
  assert.match(lines.join('\n'), /three \\\| four \| yes \| tuesday/);
  assert.match(lines.join('\n'), /two \| yes \| monday/);
  assert.throws(() => withRows('no marks', [], ''), /lacks its two marks/);
});

test('every goal has a name of its own, and the tests that others rest on exist', () => {
  const ids = [...goals, ...checkedGoals].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { tests: named } of checkedGoals) {
    for (const { file, name } of named) {
      assert.ok(existsSync(join(tests, file)), file);
      // Some names are made from data, so only those that are written out can be looked for.
      assert.match(readFileSync(join(tests, file), 'utf8'), /test\(/, `${file}: ${name.source}`);
    }
  }
  assert.ok(ids.length > 25);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importTableRule } from '../../scripts/lint/rules/import-table.ts';
import { importTable } from '../../scripts/lint/rooms.ts';
import { linesFound } from './rule-on.ts';

const inRoom = (room: string, text: string): number[] => linesFound(importTableRule, `src/${room}/x.ts`, text);

test('each room is granted its row of the table and refused every other room', () => {
  const rooms = Object.keys(importTable);
  let pairs = 0;
  for (const [room, { values, types }] of Object.entries(importTable)) {
    for (const other of rooms.filter((name) => name !== room)) {
      const value = inRoom(room, `import { a } from '../${other}/index.ts';`);
      const type = inRoom(room, `import type { A } from '../${other}/index.ts';`);
      assert.equal(value.length === 0, values.includes(other), `${room} → ${other}`);
      assert.equal(type.length === 0, values.includes(other) || types.includes(other), `${room} → ${other}, types`);
      pairs += 1;
    }
  }
  assert.ok(pairs > 200);
});

test('the table has no circle, counting types too', () => {
  const open = new Set<string>();
  const done = new Set<string>();
  const visit = (room: string): void => {
    assert.ok(!open.has(room), `a circle through ${room}`);
    if (done.has(room)) return;
    open.add(room);
    const row = importTable[room];
    for (const other of [...(row?.values ?? []), ...(row?.types ?? [])]) visit(other);
    open.delete(room);
    done.add(room);
  };
  Object.keys(importTable).forEach(visit);
  assert.ok(done.size > 10);
});

test('an unknown room, an import from outside src and TensorFlow.js outside tensor are refused', () => {
  assert.deepEqual(inRoom('cellar', ''), [1]);
  assert.deepEqual(inRoom('models', "\nimport '../../tests/models/x.ts';"), [2]);
  assert.deepEqual(inRoom('models', "import * as tf from '@tensorflow/tfjs';"), [1]);
  assert.deepEqual(inRoom('tensor', "import * as tf from '@tensorflow/tfjs';"), []);
});

test("the site's worker alone may import bench/run-cell.ts", () => {
  const line = "import { runCell } from '../../bench/run-cell.ts';";
  assert.deepEqual(linesFound(importTableRule, 'src/site/worker/x.ts', line), []);
  assert.deepEqual(linesFound(importTableRule, 'src/site/pages/x.ts', line), [1]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandTable, parseTable, verifyRecords } from '../../src/bench/index.ts';
import { sealRecord } from '../../src/results/index.ts';
import type { RunRecord } from '../../src/results/index.ts';
import { findTask } from '../../src/tasks/index.ts';
import { knownNames, recordOf } from './fake-runner.ts';

const known = { ...knownNames(), tasks: ['ucr-ecg200'] };
const yaml = (train: number): string => `
id: whole
title: Whole pools
question: Does every seed have the same items?
seeds: [1, 2]
tuning: {seed: 0, heldOut: 0.1}
blocks:
  - {model: doodlenet, tasks: [ucr-ecg200], split: {train: ${train}, test: 100}, epochs: 1, batch: 10, forwardMegaflops: 1}
rows:
  - methods: picture-template
`;

const grid = (train: number) => expandTable(parseTable(yaml(train), 'whole.yaml', known), known);

function records(train: number, draws: readonly string[]): readonly RunRecord[] {
  const [cell] = grid(train).cells;
  assert.ok(cell);
  return draws.map((draw, i) => {
    const made = recordOf({ ...cell.spec, seed: i + 1 });
    assert.equal(made.status, 'done');
    return sealRecord({ ...made, drawn: { ...made.drawn, splitDigest: draw.repeat(24) } });
  });
}

const problemsOf = (train: number, draws: readonly string[]): readonly string[] =>
  verifyRecords('whole', grid(train), records(train, draws), [], new Map()).problems;

test('seeds draw different items, unless a table takes the pools whole: then they all draw the same', () => {
  const pools = findTask('ucr-ecg200').pools;
  assert.deepEqual(pools, { train: 100, test: 100 });
  assert.deepEqual(problemsOf(100, ['a', 'a']), []);
  assert.deepEqual(problemsOf(60, ['a', 'b']), []);
  assert.match(problemsOf(60, ['a', 'a']).join('\n'), /two seeds drew the same items/);
  assert.match(problemsOf(100, ['a', 'b']).join('\n'), /takes whole pools, and two seeds drew different items/);
});

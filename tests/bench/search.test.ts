import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chosenRate, expandTable, finishedSearch, parseTable, trialsOf } from '../../src/bench/index.ts';
import type { GridSearch, TrialLine } from '../../src/bench/index.ts';
import { trialLine } from '../../src/bench/search.ts';
import { knownNames } from './fake-runner.ts';

const engine = { backend: 'wasm', kernels: 'fake/1' };
const file = join(import.meta.dirname, 'project', 'benchmarks', 'tables', 'small.yaml');

function someSearch(): GridSearch {
  const grid = expandTable(parseTable(readFileSync(file, 'utf8'), file, knownNames()), knownNames());
  const search = grid.cells.find((cell) => cell.search)?.search;
  assert.ok(search);
  return search;
}

function lines(search: GridSearch, values: readonly (number | null)[]): TrialLine[] {
  return trialsOf(search).map((trial, i) =>
    trialLine(search, trial, engine, { value: values[i] ?? null, seconds: 1, created: '2026-01-01T00:00:00.000Z' }),
  );
}

test('the highest held-out accuracy chooses the rate; of equal ones the smaller; a diverged trial never wins', () => {
  const rates = (values: readonly (number | null)[]) => values.map((value, i) => ({ learningRate: 10 ** (i - 3), value }));
  assert.equal(chosenRate(rates([0.1, 0.3, 0.2])), 0.01);
  assert.equal(chosenRate(rates([0.3, 0.3, 0.2])), 0.001);
  assert.equal(chosenRate(rates([0.1, null, null])), 0.001);
  assert.equal(chosenRate(rates([null, null, 0])), 0.1);
  assert.equal(chosenRate(rates([null, null, null])), 0.001);
});

test('a search is finished when every rate of the grid has its trial, and goes into the record with all of them', () => {
  const search = someSearch();
  const all = lines(search, [0.5, 0.9, 0.7]);
  assert.equal(finishedSearch(search, all.slice(0, 2)), undefined);
  const finished = finishedSearch(search, all);
  assert.deepEqual(finished, {
    grid: search.space,
    tunedOn: { task: 'mnist', seed: 0, metric: 'accuracy', heldOut: 10 },
    trials: search.space.map((learningRate, i) => ({ learningRate, value: [0.5, 0.9, 0.7][i] })),
    chosen: search.space[1],
  });
});

test('a trial of another size, another seed or another row does not count', () => {
  const search = someSearch();
  const all = lines(search, [0.5, 0.9, 0.7]);
  const others: readonly GridSearch[] = [
    { ...search, epochs: search.epochs + 1 },
    { ...search, seed: 9 },
    { ...search, split: { ...search.split, train: 200 } },
    { ...search, options: { ...search.options, program: 'additive' } },
    { ...search, space: [0.5, 1, 2] },
  ];
  for (const other of others) assert.equal(finishedSearch(other, all), undefined);
});

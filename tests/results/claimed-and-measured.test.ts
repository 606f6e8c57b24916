import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimedAndMeasured, readClaims } from '../../src/results/index.ts';
import type { Claim } from '../../src/results/index.ts';
import { fixtureTable } from './fixtures.ts';

const defaults = {
  model: 'World ViT',
  metric: 'accuracy',
  unit: '%',
  standing: 'sourced',
  comparable: true,
  reason: 'the same weights, draw and recipe',
  measuredAs: { model: 'world-vit', tasks: { MNIST: 'mnist', Outlines: 'world-outlines' }, options: { program: 'padding' } },
} as const;

const claimsOf = (rows: readonly object[]): readonly Claim[] => readClaims({ paper: 'made2026up', defaults, claims: rows }, 'made-up.yaml');

test('a claim stands beside the number that measures the same, with the gap and its interval', () => {
  const table = fixtureTable();
  const pairs = claimedAndMeasured(table, claimsOf([{ method: 'ilm-vp', values: { MNIST: 50, Outlines: 60.5 } }]));
  assert.deepEqual(pairs.map(({ row, column }) => [row.key, column.key]), [['ilm-vp', 'world-vit/mnist'], ['ilm-vp', 'world-vit/world-outlines']]);
  for (const { claim, cell, gap, interval } of pairs) {
    assert.ok(cell.value !== null && cell.interval !== null && interval !== null);
    assert.ok(Math.abs(gap - (100 * cell.value - claim.value)) < 1e-9);
    assert.ok(Math.abs(interval[0] - (100 * cell.interval[0] - claim.value)) < 1e-9);
    assert.ok(Math.abs((interval[0] + interval[1]) / 2 - gap) < 1e-9);
  }
});

test('what is not comparable, of another metric, option or control is never subtracted', () => {
  const table = fixtureTable();
  const values = { MNIST: 50 };
  assert.equal(claimedAndMeasured(table, claimsOf([{ method: 'ilm-vp', values }])).length, 1, 'the control with the same method has no claim');
  const refused: readonly object[] = [
    { method: 'ilm-vp', values, comparable: false },
    { method: 'ilm-vp', values, metric: 'macro F1' },
    { method: 'ilm-vp', values, unit: 'fraction' },
    { method: 'ilm-vp', values, measuredAs: { ...defaults.measuredAs, options: { program: 'additive' } } },
    { method: 'ilm-vp', values, measuredAs: { ...defaults.measuredAs, model: 'doodlenet' } },
    { method: 'flm-vp', values },
  ];
  for (const row of refused) assert.deepEqual(claimedAndMeasured(table, claimsOf([row])), [], JSON.stringify(row));
});

test('a comparable claim must say what of ours measures the same', () => {
  assert.throws(
    () => claimsOf([{ method: 'blm', values: { SVHN: 70 } }]),
    /^ClaimsError: made-up\.yaml: claims\.0 \(blm\): SVHN is comparable, but measuredAs doesn't say/,
  );
});

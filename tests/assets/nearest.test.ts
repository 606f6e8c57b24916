import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, nearest } from '../../src/assets/index.ts';

test('the distance counts insertions, deletions, substitutions and swaps', () => {
  const cases: readonly [string, string, number][] = [
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['mnist', 'minst', 1],
    ['abc', 'abc', 0],
    ['ca', 'abc', 3],
  ];
  for (const [a, b, distance] of cases) assert.equal(editDistance(a, b), distance, `${a} ${b}`);
});

test('the distance is symmetric, and zero for equal texts alone', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(editDistance(a, b), editDistance(b, a));
      assert.equal(editDistance(a, b) === 0, a === b);
      assert.ok(editDistance(a, b) <= Math.max(a.length, b.length));
    }),
  );
});

test('a misspelt name leads to the one that was meant, a strange one to none', () => {
  const names = ['mnist', 'fashion-mnist', 'emnist-letters', 'resnet20-cifar10', 'resnet32-cifar10'];
  const cases: readonly [string, string | undefined][] = [
    ['minst', 'mnist'],
    ['MNIST', 'mnist'],
    ['fashion', 'fashion-mnist'],
    ['resnet20', 'resnet20-cifar10'],
    ['resnet-32-cifar10', 'resnet32-cifar10'],
    ['imagenet', undefined],
    ['x', undefined],
  ];
  for (const [typed, meant] of cases) assert.equal(nearest(typed, names), meant, typed);
});

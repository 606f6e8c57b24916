import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { alignments, cells, cellsOf, configurations, locations, operators } from '../../src/taxonomy/index.ts';

test('there are 72 different cells', () => {
  assert.equal(cells.length, 72);
  assert.equal(new Set(cells.map((cell) => JSON.stringify(cell))).size, 72);
});

test('a class covers the product of its four sets', () => {
  fc.assert(
    fc.property(
      fc.subarray([...configurations]),
      fc.subarray([...locations]),
      fc.subarray([...operators]),
      fc.subarray([...alignments]),
      (configuration, location, operator, alignment) => {
        const covered = cellsOf({ configuration, location, operator, alignment });
        assert.equal(covered.length, configuration.length * location.length * operator.length * alignment.length);
      },
    ),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { outcomeOf, outcomeSentence } from '../../src/results/index.ts';
import type { RankInterval, Table } from '../../src/results/index.ts';
import { fixtureTable } from './fixtures.ts';

type Places = readonly (readonly (readonly [best: number, worst: number] | null)[])[];

/** The fixture's table with other rows and places: a line for each row, a column for each place. */
function tableWith(places: Places): Table {
  const table = fixtureTable();
  const [row, cell, column] = [table.rows[0], table.cells[0]?.[0], table.columns[0]];
  assert.ok(row && cell && column);
  return {
    ...table,
    rows: places.map((_, r) => ({ ...row, key: `r${r}`, label: String.fromCharCode(65 + r) })),
    columns: (places[0] ?? []).map((_, c) => ({ ...column, key: `c${c}` })),
    cells: places.map((line, r) =>
      line.map((place, c) => {
        const rank: RankInterval | null = place === null ? null : { best: place[0], worst: place[1] };
        return { ...cell, rowKey: `r${r}`, columnKey: `c${c}`, rank };
      }),
    ),
  };
}

test('the sentence names the rows that are first, or not separable from the first, and in how many columns', () => {
  const cases: readonly (readonly [string, Places])[] = [
    ['First, and separable from all others, in all 2 columns: A.', [[[1, 1], [1, 1]], [[2, 2], [2, 2]]]],
    ['First, or not separable from the first, in all 2 columns: A; in 1: B.', [[[1, 2], [1, 1]], [[1, 2], [2, 2]]]],
    ['First, or not separable from the first, in all 2 columns: A · B.', [[[1, 2], [1, 2]], [[1, 2], [1, 2]]]],
    ['First, or not separable from the first, in 1 of 2 columns: A · B.', [[[1, 1], [2, 2]], [[2, 2], [1, 1]]]],
    ['First, and separable from all others, in the one column: A.', [[[1, 1]], [[2, 2]], [null]]],
    [
      'First, or not separable from the first, in all 3 columns: A; in 2: B; in fewer: 1 row.',
      [[[1, 3], [1, 2], [1, 1]], [[1, 3], [1, 2], [2, 3]], [[1, 3], [3, 3], [2, 3]]],
    ],
    ['', [[null, null]]],
  ];
  for (const [sentence, places] of cases) assert.equal(outcomeSentence(tableWith(places)), sentence);
});

test('every row that may be first somewhere is counted once, with the number of such columns', () => {
  const place = fc.constantFrom([1, 1] as const, [1, 3] as const, [2, 3] as const, null);
  const places = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(place, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
  fc.assert(
    fc.property(places, (lines) => {
      const { leaders, columns, alone } = outcomeOf(tableWith(lines));
      const counted = new Map(leaders.flatMap((each) => each.rows.map(({ key }) => [key, each.columns] as const)));
      lines.forEach((line, r) => assert.equal(counted.get(`r${r}`) ?? 0, line.filter((each) => each?.[0] === 1).length));
      assert.deepEqual(leaders.map((each) => each.columns), leaders.map((each) => each.columns).toSorted((a, b) => b - a));
      assert.ok(alone <= columns && leaders.every((each) => each.columns <= columns && each.rows.length > 0));
    }),
  );
});

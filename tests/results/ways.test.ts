import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waysOutcome } from '../../src/results/index.ts';
import type { Family, Table } from '../../src/results/index.ts';
import { fixtureTable } from './fixtures.ts';

/** One line for each row: its family and its values by column; pairs of rows [better, worse, column] have so small a p, others one of .5. */
function tableOf(rows: readonly (readonly [Family, ...(number | null)[]])[], better: readonly (readonly [number, number, number])[], p = 0.001): Table {
  const table = fixtureTable();
  const [row, cell, column, comparison] = [table.rows[0], table.cells[0]?.[0], table.columns[0], table.comparisons[0]];
  assert.ok(row && cell && column && comparison);
  const columns = (rows[0]?.slice(1) ?? []).map((_, c) => ({ ...column, key: `c${c}` }));
  const pairs = rows.flatMap((_, first) => rows.flatMap((__, second) => (first < second ? [[first, second] as const] : [])));
  return {
    ...table,
    rows: rows.map(([family], r) => ({ ...row, key: `r${r}`, family })),
    columns,
    cells: rows.map(([, ...values], r) =>
      values.map((value, c) => ({ ...cell, rowKey: `r${r}`, columnKey: `c${c}`, value, rank: value === null ? null : { best: 1, worst: 1 } })),
    ),
    comparisons: columns.flatMap(({ key }, c) =>
      pairs.map(([first, second]) => {
        const isSmall = better.some(([one, other, at]) => at === c && ((one === first && other === second) || (one === second && other === first)));
        const [a, b] = [rows[first]?.[c + 1], rows[second]?.[c + 1]];
        return { ...comparison, columnKey: key, first: `r${first}`, second: `r${second}`, difference: Number(a) - Number(b), p: isSmall ? p : 0.5, verdict: 0 as const };
      }),
    ),
  };
}

const groupsOf = (table: Table) => waysOutcome(table)?.groups.map(({ ahead, columns }) => [ahead, columns.map(({ key }) => key)]);

test('a way is ahead where no other way has a separably better best row', () => {
  const table = tableOf(
    [['MR', 0.5, 0.6, 0.6], ['MR', 0.4, 0.7, 0.5], ['PT', 0.8, 0.7, 0.6], ['PI', 0.3, 0.2, 0.6]],
    [[2, 0, 0], [2, 3, 0], [1, 3, 1], [2, 3, 1], [2, 0, 1]],
  );
  assert.deepEqual(groupsOf(table), [[['PT'], ['c0']], [['MR', 'PT'], ['c1']], [['MR', 'PT', 'PI'], ['c2']]]);
});

test('only the best row by mean speaks for its way, and columns with less than two ways say nothing', () => {
  const table = tableOf([['MR', 0.5, 0.5], ['MR', 0.9, 0.9], ['PT', 0.8, null]], [[2, 0, 0]]);
  assert.deepEqual(groupsOf(table), [[['MR', 'PT'], ['c0']]]);
  assert.equal(waysOutcome(table)?.columns, 1);
  assert.equal(waysOutcome(tableOf([['MR', 0.5], ['PCA', 0.6]], [])), null);
});

test('the correction is for the best rows alone, and holds back a p that is small once but not among them', () => {
  const rows = [['MR', 0.5], ['PT', 0.6], ['PI', 0.55], ['PCA', 0.58], ['MR', 0.1], ['MR', 0.2]] as const;
  // six pairs among four best rows: .05 / 6 is .0083
  assert.deepEqual(groupsOf(tableOf(rows, [[1, 0, 0]], 0.008)), [[['PT', 'PI'], ['c0']]]);
  assert.deepEqual(groupsOf(tableOf(rows, [[1, 0, 0]], 0.009)), [[['PT', 'PI', 'MR'], ['c0']]]);
});

test('rivals are named where they are ahead of every way, and nowhere else', () => {
  const table = tableOf([['MR', 0.5, 0.5], ['PT', 0.6, 0.6], ['PCA', 0.9, 0.9]], [[2, 0, 0], [2, 1, 0], [2, 0, 1]]);
  assert.deepEqual(waysOutcome(table)?.behindRivals.map(({ key }) => key), ['c0']);
});

test('a metric of which less is better turns the means round', () => {
  const table = tableOf([['MR', 0.5, 0.1], ['MR', 0.1, 0.5], ['PT', 0.3, 0.3]], [[2, 0, 0], [2, 1, 1]]);
  const turned = { ...table, metric: { ...table.metric, higherIsBetter: false } };
  assert.deepEqual(groupsOf(turned), [[['MR', 'PT'], ['c0', 'c1']]]);
});

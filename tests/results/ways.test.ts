import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waysOutcome } from '../../src/results/index.ts';
import type { Family, Table } from '../../src/results/index.ts';
import { fixtureTable } from './fixtures.ts';

/** One line for each row: its family and its values by column; `better` are pairs of rows [better, worse, column]. */
function tableOf(rows: readonly (readonly [Family, ...(number | null)[]])[], better: readonly (readonly [number, number, number])[]): Table {
  const table = fixtureTable();
  const [row, cell, column, comparison] = [table.rows[0], table.cells[0]?.[0], table.columns[0], table.comparisons[0]];
  assert.ok(row && cell && column && comparison);
  return {
    ...table,
    rows: rows.map(([family], r) => ({ ...row, key: `r${r}`, family })),
    columns: (rows[0]?.slice(1) ?? []).map((_, c) => ({ ...column, key: `c${c}` })),
    cells: rows.map(([, ...values], r) =>
      values.map((value, c) => ({ ...cell, rowKey: `r${r}`, columnKey: `c${c}`, value, rank: value === null ? null : { best: 1, worst: 1 } })),
    ),
    comparisons: better.map(([first, second, c], i) =>
      // the verdict is the first's; every other comparison is told from the worse row's side
      i % 2 === 0
        ? { ...comparison, columnKey: `c${c}`, first: `r${first}`, second: `r${second}`, verdict: 1 as const }
        : { ...comparison, columnKey: `c${c}`, first: `r${second}`, second: `r${first}`, verdict: -1 as const },
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

test('rivals are named where they are ahead of every way, and nowhere else', () => {
  const table = tableOf([['MR', 0.5, 0.5], ['PT', 0.6, 0.6], ['PCA', 0.9, 0.9]], [[2, 0, 0], [2, 1, 0], [2, 0, 1]]);
  assert.deepEqual(waysOutcome(table)?.behindRivals.map(({ key }) => key), ['c0']);
});

test('a metric of which less is better turns the means round', () => {
  const table = tableOf([['MR', 0.5, 0.1], ['MR', 0.1, 0.5], ['PT', 0.3, 0.3]], [[2, 0, 0], [2, 1, 1]]);
  const turned = { ...table, metric: { ...table.metric, higherIsBetter: false } };
  assert.deepEqual(groupsOf(turned), [[['MR', 'PT'], ['c0', 'c1']]]);
});

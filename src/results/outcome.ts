import type { Table, TableRow } from './table.ts';

/** Rows that may be first in the same number of columns. */
export interface Leaders {
  /** Columns in which no row is significantly better. */
  readonly columns: number;
  readonly rows: readonly TableRow[];
}

/** What came out of a table, as far as the tests can tell. */
export interface Outcome {
  /** Columns that have a ranked entry. */
  readonly columns: number;
  /** From most columns to least; rows that are first nowhere are left out. */
  readonly leaders: readonly Leaders[];
  /** Columns in which a single row is first and no other may be. */
  readonly alone: number;
}

/** In how many columns each row is first or can't be told from the first. */
export function outcomeOf(table: Table): Outcome {
  const firsts = table.rows.map((row, r) => ({
    row,
    columns: (table.cells[r] ?? []).filter(({ rank }) => rank?.best === 1).length,
  }));
  const counts = [...new Set(firsts.map(({ columns }) => columns))].filter((count) => count > 0).sort((a, b) => b - a);
  const perColumn = table.columns.map((_, c) => table.cells.filter((line) => line[c]?.rank?.best === 1).length);
  return {
    columns: perColumn.filter((count) => count > 0).length,
    leaders: counts.map((columns) => ({ columns, rows: firsts.filter((each) => each.columns === columns).map(({ row }) => row) })),
    alone: perColumn.filter((count) => count === 1).length,
  };
}

/**
 * The outcome in one sentence; empty where nothing is ranked.
 *
 * @example `First, or not separable from the first, in all 5 columns: A; in 3: B; C; in fewer: 6 rows.`
 */
export function outcomeSentence(table: Table): string {
  const { columns, leaders, alone } = outcomeOf(table);
  const [most, next, ...fewer] = leaders;
  if (most === undefined) return '';
  const isAlone = most.columns === columns && alone === columns;
  const first = isAlone ? 'First, and separable from all others, in' : 'First, or not separable from the first, in';
  const count = columns === 1 ? 'the one column' : most.columns === columns ? `all ${columns} columns` : `${most.columns} of ${columns} columns`;
  const rest = fewer.reduce((total, { rows }) => total + rows.length, 0);
  return [
    `${first} ${count}: ${labelsOf(most)}`,
    ...(next === undefined ? [] : [`in ${next.columns}: ${labelsOf(next)}`]),
    ...(rest === 0 ? [] : [`in fewer: ${rest} ${rest === 1 ? 'row' : 'rows'}`]),
  ].join('; ') + '.';
}

function labelsOf({ rows }: Leaders): string {
  return rows.length > 4 ? `${rows.length} rows` : rows.map(({ label }) => label).join(' · ');
}

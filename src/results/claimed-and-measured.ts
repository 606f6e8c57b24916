import type { Claim } from './claims.ts';
import type { Table, TableCell, TableColumn, TableRow } from './table.ts';

/** A claim beside the number of ours that measures the same. */
export interface ClaimedAndMeasured {
  readonly claim: Claim;
  readonly row: TableRow;
  readonly column: TableColumn;
  readonly cell: TableCell;
  /** Ours − claimed, in the unit shown. */
  readonly gap: number;
  /** The 95 % interval of our number, shifted alike: it says nothing of the spread behind the claim. */
  readonly interval: readonly [number, number] | null;
}

/**
 * The claims that a table has a number for: comparable by their own account, in the table's metric and unit, on the
 * column with their model and task, in the row with their method and options. A claim that isn't comparable is never
 * among them.
 */
export function claimedAndMeasured(table: Table, claims: readonly Claim[]): readonly ClaimedAndMeasured[] {
  const { metric } = table;
  return claims.flatMap((claim) => {
    const { measuredAs } = claim;
    if (!claim.comparable || measuredAs === null) return [];
    if (claim.metric !== metric.name || claim.unit !== metric.unit) return [];
    return table.rows.flatMap((row, r) =>
      row.control === null && row.methodId === claim.method && hasOptions(row, measuredAs.options)
        ? table.columns.flatMap((column, c): readonly ClaimedAndMeasured[] => {
            const cell = table.cells[r]?.[c];
            if (column.modelId !== measuredAs.model || column.taskId !== measuredAs.task) return [];
            if (cell === undefined || cell.value === null) return [];
            const shifted = (value: number): number => value * metric.scale - claim.value;
            return [
              {
                claim,
                row,
                column,
                cell,
                gap: shifted(cell.value),
                interval: cell.interval === null ? null : [shifted(cell.interval[0]), shifted(cell.interval[1])],
              },
            ];
          })
        : [],
    );
  });
}

function hasOptions(row: TableRow, options: TableRow['options']): boolean {
  return Object.entries(options).every(([name, value]) => row.options[name] === value);
}

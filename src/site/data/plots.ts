import { metricOf } from '../../results/index.ts';
import type { Table, TableColumn } from '../../results/index.ts';
import type { DotRow } from '../plots/dot-plot.ts';
import type { ParetoSubject, PricedRow } from '../plots/pareto-plot.ts';
import { placedCells } from './tables.ts';

/** The part of a column's address and of its anchors: `doodlenet-mnist`. */
export const columnSlug = ({ key }: TableColumn): string => key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** `Accuracy on MNIST, DoodleNet`. */
export const subjectOf = ({ metric }: Table, { label, groupLabel }: TableColumn): string => `${metric.label} on ${label}, ${groupLabel}`;

const placesIn = (table: Table, columnKey: string) =>
  placedCells.filter((place) => place.table.id === table.id && place.column.key === columnKey);

const scaledPair = (pair: readonly [number, number] | null, scale: number): readonly [number, number] | null =>
  pair === null ? null : [pair[0] * scale, pair[1] * scale];

/** The rows of a column that have a number, in the table's order, or those of `rowKeys` in that order; `ownKey` stands out. */
export function dotRows(table: Table, columnKey: string, rowKeys?: readonly string[], ownKey?: string): readonly DotRow[] {
  const { metric } = table;
  const all = placesIn(table, columnKey);
  const chosen = rowKeys === undefined ? all : rowKeys.flatMap((key) => all.filter(({ row }) => row.key === key));
  return chosen.map(({ row, cell, records }) => ({
    label: row.label,
    of: row.class,
    isControl: row.control !== null,
    mean: (cell.value ?? 0) * metric.scale,
    interval: scaledPair(cell.interval, metric.scale),
    runs: records.flatMap((record) => {
      const measured = metricOf(record, metric);
      return measured === null ? [] : [measured.value * metric.scale];
    }),
    text: cell.text,
    mayBeFirst: cell.rank?.best === 1,
    isOwn: row.key === ownKey,
  }));
}

/** The rows of a column with what each trained. */
export function pricedRows(table: Table, columnKey: string): readonly PricedRow[] {
  return placesIn(table, columnKey).flatMap(({ row, cell }) =>
    cell.trainable === null || cell.value === null
      ? []
      : [
          {
            key: row.key,
            label: row.label,
            of: row.class,
            isControl: row.control !== null,
            trainable: cell.trainable,
            mean: cell.value * table.metric.scale,
            interval: scaledPair(cell.interval, table.metric.scale),
            text: cell.text,
          },
        ],
  );
}

/** What the plot of a column against trained numbers is about. */
export function paretoSubject(table: Table, column: TableColumn): ParetoSubject {
  const own = table.comparisons.filter(({ columnKey }) => columnKey === column.key);
  return {
    subject: subjectOf(table, column),
    unit: table.metric.unit,
    higherIsBetter: table.metric.higherIsBetter,
    areApart: (a, b) => own.some(({ first, second, verdict }) => verdict !== 0 && ((first === a && second === b) || (first === b && second === a))),
  };
}

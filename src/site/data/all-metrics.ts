import { metricOf, summariseCell, tableMetric } from '../../results/index.ts';
import type { Cell, DoneRecord, TableMetric } from '../../results/index.ts';

/** One measure of a cell's runs, summed up as the table sums up its own. */
export interface MetricLine {
  readonly metric: TableMetric;
  readonly cell: Cell;
  /** Smallest and largest of the runs. */
  readonly range: readonly [number, number];
}

/** Every measure that the runs of a cell have, in the order of the records; the unit and decimals are those of the table's own. */
export function metricLines(records: readonly DoneRecord[], own: TableMetric): readonly MetricLine[] {
  const named = new Map(records.flatMap(({ result }) => result.metrics.map(({ name, split }) => [`${split} ${name}`, { name, split }] as const)));
  return [...named.values()].map(({ name, split }) => {
    const { madeOf: _, ...plain } = { ...own, ...tableMetric(name) };
    const madeOf = tableMetric(name)?.madeOf;
    const metric = { ...plain, ...(madeOf === undefined ? {} : { madeOf }), name, split, label: split === own.split ? name : `${name}, ${split}` };
    const values = records.flatMap((record) => metricOf(record, metric)?.value ?? []);
    const { cell } = summariseCell([records], { metric, seeds: [], emptyReason: '' });
    return { metric, cell, range: [Math.min(...values), Math.max(...values)] };
  });
}

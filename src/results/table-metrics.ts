import type { TableMetric } from './cell.ts';

const share = { split: 'test', scale: 100, unit: '%', decimals: 1, higherIsBetter: true } as const;

/** The share of test items that were answered rightly. */
export const accuracy: TableMetric = { name: 'accuracy', label: 'Accuracy', ...share };

/** Trained and unseen classes apart, as papers on learned prompts judge them (CoCoOp, arXiv 2203.05557). */
const harmonicMean: TableMetric = {
  name: 'harmonic mean',
  label: 'Harmonic mean',
  ...share,
  madeOf: ['trained classes', 'unseen classes'],
};

/** What a table may show and rank by, under the names that records have; accuracy where a table names nothing. */
export const tableMetrics: readonly TableMetric[] = [accuracy, harmonicMean];

/** The metric of that name, or `undefined` where no table may rank by it. */
export function tableMetric(name: string): TableMetric | undefined {
  return tableMetrics.find((metric) => metric.name === name);
}

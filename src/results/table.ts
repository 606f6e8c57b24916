import { dimensions } from '../taxonomy/index.ts';
import type { TaxonomyClass } from '../taxonomy/index.ts';
import { canonicalJson } from './canonical.ts';
import { summariseCell } from './cell.ts';
import type { Cell, TableMetric } from './cell.ts';
import { compareColumn } from './compare.ts';
import type { Comparison, Gap, RankInterval } from './compare.ts';
import { cellKeyOf } from './keys.ts';
import { currentRecords } from './merge.ts';
import type { Control, Family, RunRecord, RunSpec } from './record.ts';
import { friedmanTest } from './statistics/index.ts';
import type { Friedman } from './statistics/index.ts';
import { accuracy } from './table-metrics.ts';

/** A method with its options: one row. */
export interface TableRowDefinition {
  readonly key: string;
  readonly label: string;
  readonly methodId: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly family: Family;
  readonly control?: Control | undefined;
  /** Address of the method's page, relative to the site's base; `methods/<methodId>/` where absent. */
  readonly href?: string | undefined;
}

/** A task on a model: one column. */
export interface TableColumnDefinition {
  readonly key: string;
  readonly modelId: string;
  readonly taskId: string;
  /** How many training examples were drawn, where columns of one task differ by that. */
  readonly train?: number | undefined;
  readonly label: string;
  /** Heading over the columns of one model; the model's id where absent. */
  readonly groupLabel?: string | undefined;
}

/** What a table asks of the records. */
export interface TableDefinition {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly rows: readonly TableRowDefinition[];
  readonly columns: readonly TableColumnDefinition[];
  /** The place of a run, or null when it belongs to another table. `matchByContent` is the usual one. */
  readonly match: (spec: RunSpec) => { readonly rowKey: string; readonly columnKey: string } | null;
  /** Accuracy on the test items, in percent, where absent. */
  readonly metric?: TableMetric;
  /** Seeds that a complete cell has; fewer are named in the cell. */
  readonly seeds?: readonly number[];
  /** Why a place stays empty; undefined where it is only not computed yet. */
  readonly reasonFor?: (rowKey: string, columnKey: string) => string | undefined;
  readonly notes?: readonly string[];
}

export interface TableRow {
  readonly key: string;
  readonly label: string;
  readonly methodId: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly family: Family;
  readonly control: Control | null;
  readonly href: string;
  /** Computed from the composition, as the records say; null for parameter-centric rivals and rows without a run. */
  readonly class: TaxonomyClass | null;
  /** The class in short, e.g. `L · X · AD · RA`; empty where there is none. */
  readonly classText: string;
  readonly cost: RowCost;
}

/** Over all runs of a row that are shown; null where there is none. */
export interface RowCost {
  /** Smallest and largest number of trainable scalars. */
  readonly trainable: readonly [number, number] | null;
  /** Mean wall-clock seconds of training. */
  readonly trainSeconds: number | null;
  /** Mean optimiser steps per second, over the runs that took any; null where none did. */
  readonly stepsPerSecond: number | null;
  /** Mean wall-clock seconds of answering all test items of a run. */
  readonly testSeconds: number | null;
}

export interface TableColumn {
  readonly key: string;
  readonly label: string;
  readonly modelId: string;
  readonly taskId: string;
  readonly groupLabel: string;
}

export interface TableCell extends Cell {
  readonly rowKey: string;
  readonly columnKey: string;
  /** Places that this entry may have in its column; null for controls and empty cells. */
  readonly rank: RankInterval | null;
  /** Distance to the best mean of the column; null for controls and empty cells. */
  readonly gap: Gap | null;
}

/** A table as data; every exporter prints this object, rows and columns in its order. */
export interface Table {
  readonly schema: 'atlas-table/1';
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly metric: TableMetric;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** [row][column] */
  readonly cells: readonly (readonly TableCell[])[];
  /** All pairs of ranked entries, per column. */
  readonly comparisons: readonly (Comparison & { readonly columnKey: string })[];
  /** Ranks over the columns, for the rows that have a value in all of them; null below two rows or two columns. */
  readonly overall: (Friedman & { readonly rowKeys: readonly string[] }) | null;
  readonly notes: readonly string[];
}

/** What stands in for the paired t-test where that can't be had. */
const otherTests = {
  ofShares: 'exact McNemar test on the items where only one such seed exists or the differences have no spread',
  ofSeeds: 'no test where only one such seed exists or the differences have no spread, since it is no share of the items',
} as const;

const rankRuleWith = (other: string): string =>
  'Ranks: within a column every two entries are compared by a paired t-test over the seeds on which both were tested on ' +
  `the same items (${other}; Welch's test where the items differ), Holm-corrected over the column at 5 %. An entry's rank runs ` +
  'from 1 + the number of entries significantly better to n − the number significantly worse; entries that overlap are not ' +
  'separable. Controls are not ranked.';

/** How a shown rank comes about; printed under every table that shows shares. */
export const rankRule = rankRuleWith(otherTests.ofShares);

/** How a rank comes about in a table of this metric. */
const rankRuleOf = (metric: TableMetric): string => (metric.madeOf === undefined ? rankRule : rankRuleWith(otherTests.ofSeeds));

/** The table of a definition over records: a query, nothing typed in. Records that nothing supersedes count. */
export function buildTable(definition: TableDefinition, records: Iterable<RunRecord>): Table {
  const metric = definition.metric ?? accuracy;
  const placed = placeRecords(definition, records);
  const columns = groupByModel(definition.columns);
  const lines = definition.rows.map((row) => ({
    row,
    places: columns.map((column) => {
      const question = {
        metric,
        seeds: definition.seeds ?? [],
        emptyReason: definition.reasonFor?.(row.key, column.key) ?? 'no run yet',
      };
      return { column, ...summariseCell(placed.get(placeKey(row.key, column.key)) ?? [], question) };
    }),
  }));
  const compared = new Map(
    columns.map((column) => {
      const entries = lines.flatMap(({ row, places }) =>
        row.control === undefined
          ? places.flatMap((place) =>
              place.column === column && place.runs.length > 0 ? [{ rowKey: row.key, runs: place.runs }] : [],
            )
          : [],
      );
      return [column.key, compareColumn(entries, metric)] as const;
    }),
  );
  const cells = lines.map(({ row, places }) =>
    places.map(
      ({ column, cell }): TableCell => ({
        rowKey: row.key,
        columnKey: column.key,
        ...cell,
        rank: compared.get(column.key)?.ranks.get(row.key) ?? null,
        gap: compared.get(column.key)?.gaps.get(row.key) ?? null,
      }),
    ),
  );
  return {
    schema: 'atlas-table/1',
    id: definition.id,
    title: definition.title,
    question: definition.question,
    metric,
    columns,
    rows: lines.map(({ row, places }) =>
      describeRow(
        row,
        places.flatMap(({ runs }) => runs),
      ),
    ),
    cells,
    comparisons: [...compared].flatMap(([columnKey, { comparisons }]) =>
      comparisons.map((comparison) => ({ columnKey, ...comparison })),
    ),
    overall: rankOverall(definition, cells, metric),
    notes: [...(definition.notes ?? []), ...intervalNotes(cells), rankRuleOf(metric)],
  };
}

/**
 * Matches a run to the row with its method, control and options (a row's options must all be equal; options that a row
 * doesn't name are free) and to the column with its model and task, and its size of the draw where it names one. The row with most options wins.
 */
export function matchByContent(
  rows: readonly TableRowDefinition[],
  columns: readonly TableColumnDefinition[],
): TableDefinition['match'] {
  const specificFirst = [...rows].sort((a, b) => Object.keys(b.options).length - Object.keys(a.options).length);
  return (spec) => {
    const row = specificFirst.find(
      ({ methodId, control, options }) =>
        methodId === spec.method.id &&
        control === spec.control &&
        Object.entries(options).every(([name, value]) => spec.method.options[name] === value),
    );
    const column = columns.find(
      ({ modelId, taskId, train }) => modelId === spec.model.id && taskId === spec.task.id && (train === undefined || train === spec.split.train),
    );
    return row === undefined || column === undefined ? null : { rowKey: row.key, columnKey: column.key };
  };
}

/** A class in the abbreviations of the dimensions, e.g. `L · X · AD · RA`; several values are joined by `+`. */
export function classInShort(taxonomyClass: TaxonomyClass): string {
  const { configuration, location, operator, alignment } = dimensions;
  return [
    taxonomyClass.configuration.map((value) => configuration.values[value].short),
    taxonomyClass.location.map((value) => location.values[value].short),
    taxonomyClass.operator.map((value) => operator.values[value].short),
    taxonomyClass.alignment.map((value) => alignment.values[value].short),
  ]
    .map((values) => values.join('+'))
    .join(' · ');
}

function placeKey(rowKey: string, columnKey: string): string {
  return canonicalJson([rowKey, columnKey]);
}

/** The records of each place, grouped by cell: several specs or back-ends may match one place. */
function placeRecords(
  definition: TableDefinition,
  records: Iterable<RunRecord>,
): ReadonlyMap<string, readonly (readonly RunRecord[])[]> {
  const places = new Map<string, Map<string, RunRecord[]>>();
  for (const record of currentRecords(records)) {
    const place = definition.match(record.spec);
    if (place === null) continue;
    const key = placeKey(place.rowKey, place.columnKey);
    const cells = places.get(key) ?? new Map<string, RunRecord[]>();
    const cell = cellKeyOf(record);
    cells.set(cell, [...(cells.get(cell) ?? []), record]);
    places.set(key, cells);
  }
  return new Map([...places].map(([key, cells]) => [key, [...cells.values()]]));
}

/** Columns of one model side by side, models and tasks in the order in which they first come. */
function groupByModel(columns: readonly TableColumnDefinition[]): readonly TableColumn[] {
  const models = [...new Set(columns.map(({ modelId }) => modelId))];
  return models.flatMap((model) =>
    columns
      .filter(({ modelId }) => modelId === model)
      .map(({ key, label, modelId, taskId, groupLabel }) => ({
        key,
        label,
        modelId,
        taskId,
        groupLabel: groupLabel ?? modelId,
      })),
  );
}

function describeRow(row: TableRowDefinition, runs: readonly RunRecord[]): TableRow {
  const taxonomyClass = runs[0]?.spec.taxonomy ?? null;
  const trainable = runs.flatMap(({ params }) => (params === null ? [] : [params.trainable]));
  const costs = runs.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return {
    key: row.key,
    label: row.label,
    methodId: row.methodId,
    options: row.options,
    family: row.family,
    control: row.control ?? null,
    href: row.href ?? `methods/${row.methodId}/`,
    class: taxonomyClass,
    classText: taxonomyClass === null ? '' : classInShort(taxonomyClass),
    cost: {
      trainable: trainable.length === 0 ? null : [Math.min(...trainable), Math.max(...trainable)],
      trainSeconds: average(costs.map(({ trainSeconds }) => trainSeconds)),
      stepsPerSecond: average(costs.flatMap(({ stepsPerSecond }) => stepsPerSecond ?? [])),
      testSeconds: average(costs.map(({ evalSeconds }) => evalSeconds)),
    },
  };
}

function average(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, each) => total + each, 0) / values.length;
}

function rankOverall(
  definition: TableDefinition,
  cells: readonly (readonly TableCell[])[],
  metric: TableMetric,
): Table['overall'] {
  const complete = definition.rows.flatMap((row, r) => {
    const sign = metric.higherIsBetter ? 1 : -1;
    const values = (cells[r] ?? []).flatMap(({ value }) => (value === null ? [] : [sign * value]));
    const isComplete = values.length > 0 && values.length === cells[r]?.length;
    return row.control === undefined && isComplete ? [{ key: row.key, values }] : [];
  });
  const columns = complete[0]?.values.length ?? 0;
  if (complete.length < 2 || columns < 2) return null;
  const scores = Array.from({ length: columns }, (_, c) => complete.map(({ values }) => values[c] ?? Number.NaN));
  return { rowKeys: complete.map(({ key }) => key), ...friedmanTest(scores) };
}

function intervalNotes(cells: readonly (readonly TableCell[])[]): readonly string[] {
  const kinds = new Set(cells.flat().map(({ intervalKind }) => intervalKind));
  return [
    ...(kinds.has('t') ? ['± is the half-width of the 95 % t-interval of the mean over seeds.'] : []),
    ...(kinds.has('wilson')
      ? ['[low, high] is the 95 % binomial (Wilson) interval of the test items, where there is a single run (n = 1).']
      : []),
  ];
}

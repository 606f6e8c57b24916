import type { Table, TableCell, TableRow } from '../table.ts';

/** A table as every exporter prints it: plain texts, in the order of the object. */
export interface Layout {
  /** Headings over neighbouring columns of one model, with how many columns each covers. */
  readonly groups: readonly { readonly label: string; readonly span: number }[];
  /** Heading of each column: method, class, tasks…, costs. */
  readonly head: readonly string[];
  readonly body: readonly (readonly string[])[];
}

export const leadingColumns = ['Method', 'Class'] as const;

/** What a row cost: key, heading, the value to sort by and the text shown (empty where there is none). */
export const costColumns: readonly {
  readonly key: string;
  readonly label: string;
  readonly valueOf: (row: TableRow) => number | null;
  readonly textOf: (row: TableRow) => string;
}[] = [
  {
    key: 'trainable',
    label: 'Trained numbers',
    valueOf: ({ cost }) => cost.trainable?.[0] ?? null,
    textOf: ({ cost: { trainable } }) => {
      if (trainable === null) return '';
      const [least, most] = trainable.map((count) => count.toLocaleString('en-US'));
      return least === most ? `${least}` : `${least}–${most}`;
    },
  },
  ...(
    [
      ['trainSeconds', 'Training (s)'],
      ['stepsPerSecond', 'Steps/s'],
      ['testSeconds', 'Testing (s)'],
    ] as const
  ).map(([key, label]) => ({
    key,
    label,
    valueOf: ({ cost }: TableRow) => cost[key],
    textOf: ({ cost }: TableRow) => cost[key]?.toFixed(1) ?? '',
  })),
];

/** The texts of a table. */
export function layOut(table: Table): Layout {
  return {
    groups: groupsOf(table),
    head: [...leadingColumns, ...table.columns.map(({ label }) => label), ...costColumns.map(({ label }) => label)],
    body: table.rows.map((row, r) => [
      rowLabel(row),
      row.classText === '' ? row.family : row.classText,
      ...(table.cells[r] ?? []).map(cellTextWithRank),
      ...costColumns.map(({ textOf }) => textOf(row)),
    ]),
  };
}

/** `62.3 ± 1.2 (rank 1–2)`; a dash with the reason's kind where there is no number. */
export function cellTextWithRank(cell: TableCell): string {
  if (cell.status !== 'ok') return cell.status === 'failed' ? 'failed' : '–';
  const rank = rankText(cell);
  return rank === '' ? cell.text : `${cell.text} (${rank})`;
}

/** `1` or `1–3`; empty where the entry isn't ranked. */
export function rankText({ rank }: TableCell): string {
  if (rank === null) return '';
  return rank.best === rank.worst ? `${rank.best}` : `${rank.best}–${rank.worst}`;
}

export function rowLabel(row: TableRow): string {
  return row.control === null ? row.label : `${row.label} (control: ${row.control})`;
}

export function groupsOf(table: Table): Layout['groups'] {
  const groups: { label: string; span: number }[] = [];
  for (const { groupLabel } of table.columns) {
    const last = groups.at(-1);
    if (last?.label === groupLabel) last.span++;
    else groups.push({ label: groupLabel, span: 1 });
  }
  return groups;
}

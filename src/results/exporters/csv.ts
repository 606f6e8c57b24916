import type { Table } from '../table.ts';
import { rankText, rowLabel } from './layout.ts';

/**
 * RFC 4180, one row per method. For every column seven fields, named `<model>/<task> …`: text (as shown), value, low,
 * high (all in the unit shown, unrounded), n (runs), rank, and gap: the distance to the best mean of the column where the
 * tests tell the two apart. `value` is empty where there is no number and the text then says why.
 */
export function tableToCsv(table: Table): string {
  const { scale } = table.metric;
  const head = [
    'method',
    'id',
    'family',
    'class',
    ...table.columns.flatMap(({ modelId, label }) =>
      ['', ' value', ' low', ' high', ' n', ' rank', ' gap'].map((field) => `${modelId}/${label}${field}`),
    ),
    'trainable least',
    'trainable most',
    'train seconds',
    'steps per second',
    'test seconds',
  ];
  const body = table.rows.map((row, r) => [
    rowLabel(row),
    row.methodId,
    row.family,
    row.classText,
    ...(table.cells[r] ?? []).flatMap((cell) => [
      cell.status === 'ok' ? cell.text : `${cell.status}: ${cell.reason ?? ''}`,
      scaled(cell.value, scale),
      scaled(cell.interval?.[0] ?? null, scale),
      scaled(cell.interval?.[1] ?? null, scale),
      String(cell.n),
      rankText(cell),
      cell.gap?.isSeparable ? scaled(cell.gap.difference, scale) : '',
    ]),
    String(row.cost.trainable?.[0] ?? ''),
    String(row.cost.trainable?.[1] ?? ''),
    String(row.cost.trainSeconds ?? ''),
    String(row.cost.stepsPerSecond ?? ''),
    String(row.cost.testSeconds ?? ''),
  ]);
  return [head, ...body].map((line) => `${line.map(quote).join(',')}\r\n`).join('');
}

function scaled(value: number | null, scale: number): string {
  // twelve digits: below the rounding noise of the scaling
  return value === null ? '' : String(Number((value * scale).toPrecision(12)));
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

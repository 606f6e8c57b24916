import type { Table, TableCell, TableRow } from '../table.ts';
import { costColumns, groupsOf, leadingColumns, rankText, rowLabel } from './layout.ts';

export interface HtmlOptions {
  /** Address of a cell's own page; plain text where it gives undefined. */
  readonly cellHref?: (cell: TableCell) => string | undefined;
  /** Address of a row's method; plain text where it gives undefined. */
  readonly rowHref?: (row: TableRow) => string | undefined;
}

/**
 * A `<table>`: caption, two heading rows (models over tasks), a heading per row. Cells carry `data-value` (record's
 * unit, for sorting), `data-row`, `data-column`, `data-status`; a rank is in `<span class="rank">`, entries that may be
 * first have the class `best`. No style and no script.
 */
export function tableToHtml(table: Table, options: HtmlOptions = {}): string {
  const groups = groupsOf(table)
    .map(({ label, span }) => `<th scope="colgroup" colspan="${span}">${escape(label)}</th>`)
    .join('');
  const heading = (label: string, key: string): string =>
    `<th scope="col" rowspan="2" data-column="${escape(key)}">${escape(label)}</th>`;
  const columns = table.columns
    .map(({ key, label }) => `<th scope="col" data-column="${escape(key)}">${escape(label)}</th>`)
    .join('');
  const unit = `${table.metric.label} in ${table.metric.unit}`;
  const rows = table.rows.map((row, r) => rowHtml(row, table.cells[r] ?? [], options));
  return [
    `<table class="results" id="${escape(table.id)}">`,
    `<caption>${escape(table.question)} <span class="unit">${escape(unit)}</span></caption>`,
    '<thead>',
    `<tr>${heading(leadingColumns[0], 'label')}${heading(leadingColumns[1], 'class')}${groups}` +
      `${costColumns.map(({ label, key }) => heading(label, key)).join('')}</tr>`,
    `<tr>${columns}</tr>`,
    '</thead>',
    '<tbody>',
    ...rows,
    '</tbody>',
    '</table>',
  ].join('\n');
}

function rowHtml(row: TableRow, cells: readonly TableCell[], options: HtmlOptions): string {
  return [
    `<tr data-row="${escape(row.key)}"${row.control === null ? '' : ` class="control"`}>`,
    `<th scope="row">${link(escape(rowLabel(row)), options.rowHref?.(row))}</th>`,
    `<td class="class">${escape(row.classText === '' ? row.family : row.classText)}</td>`,
    ...cells.map((cell) => cellHtml(cell, options)),
    ...costColumns.map(({ valueOf, textOf }) => `<td class="cost"${dataValue(valueOf(row))}>${escape(textOf(row))}</td>`),
    '</tr>',
  ].join('');
}

function cellHtml(cell: TableCell, { cellHref }: HtmlOptions): string {
  const place =
    `data-row="${escape(cell.rowKey)}" data-column="${escape(cell.columnKey)}" data-status="${cell.status}"` +
    `${cell.cellKey === null ? '' : ` data-cell="${escape(cell.cellKey)}"`}`;
  if (cell.status !== 'ok') {
    const text = cell.status === 'failed' ? 'failed' : '–';
    return `<td class="${cell.status}" ${place}><abbr title="${escape(cell.reason ?? '')}">${text}</abbr></td>`;
  }
  const rank = rankText(cell);
  const title = [
    `n = ${cell.n} ${cell.n === 1 ? 'run' : 'runs'}`,
    ...(cell.testItems === null ? [] : [`${cell.testItems} test items each`]),
    ...(cell.reason === null ? [] : [cell.reason]),
  ].join('; ');
  const mark = cell.reason === null ? '' : `<abbr class="remark" title="${escape(cell.reason)}">*</abbr>`;
  const classes = cell.rank?.best === 1 ? 'number best' : 'number';
  const rankHtml = rank === '' ? '' : ` <span class="rank" title="ranks this entry may have">${rank}</span>`;
  return (
    `<td class="${classes}" ${place}${dataValue(cell.value)} title="${escape(title)}">` +
    `${link(escape(cell.text), cellHref?.(cell))}${mark}${rankHtml}</td>`
  );
}

function dataValue(value: number | null): string {
  return value === null ? '' : ` data-value="${value}"`;
}

function link(html: string, href: string | undefined): string {
  return href === undefined ? html : `<a href="${escape(href)}">${html}</a>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

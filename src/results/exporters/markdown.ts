import type { Table } from '../table.ts';
import { layOut } from './layout.ts';

/** A pipe table with title, question and notes; the model stands before the task in a heading. */
export function tableToMarkdown(table: Table): string {
  const { head, body } = layOut(table);
  const models = new Set(table.columns.map(({ modelId }) => modelId));
  const headings = head.map((label, i) => {
    const column = table.columns[i - 2];
    return column !== undefined && models.size > 1 ? `${column.groupLabel}: ${label}` : label;
  });
  const rule = head.map((_, i) => (i < 2 ? '---' : '---:'));
  const printed = [headings.map(escape), rule, ...body.map((line) => line.map(escape))];
  const lines = printed.map((line) => `| ${line.join(' | ')} |`);
  return [
    `### ${escape(table.title)}`,
    '',
    escape(table.question),
    '',
    `${table.metric.label} in ${table.metric.unit}; in brackets the ranks that an entry may have.`,
    '',
    ...lines,
    '',
    ...table.notes.map((note) => `- ${escape(note)}`),
    '',
  ].join('\n');
}

function escape(text: string): string {
  return text.replace(/[\\|*_`<>#[\]]/g, (character) => `\\${character}`).replaceAll('\n', ' ');
}

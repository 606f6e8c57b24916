import type { Table } from '../table.ts';
import { costColumns, layOut } from './layout.ts';

/** A `table` environment for the booktabs package; entries that may be first are bold. */
export function tableToLatex(table: Table): string {
  const { groups, head, body } = layOut(table);
  const tasks = table.columns.length;
  const first = groups.map(({ label, span }) => `\\multicolumn{${span}}{c}{${escape(label)}}`);
  let start = 3;
  const rules = groups.map(({ span }) => {
    const rule = `\\cmidrule(lr){${start}-${start + span - 1}}`;
    start += span;
    return rule;
  });
  const lines = body.map((line, r) =>
    line
      .map((text, i) => {
        const cell = i < 2 ? undefined : table.cells[r]?.[i - 2];
        return cell?.rank?.best === 1 ? `\\textbf{${escape(text)}}` : escape(text);
      })
      .join(' & '),
  );
  return [
    '% needs \\usepackage{booktabs}',
    '\\begin{table}',
    '\\centering',
    `\\caption{${escape(`${table.title}. ${table.question} ${table.metric.label} in ${table.metric.unit}.`)}`,
    `${table.notes.map(escape).join(' ')}}`,
    `\\label{tab:${table.id}}`,
    `\\begin{tabular}{ll${'r'.repeat(tasks + costColumns.length)}}`,
    '\\toprule',
    ...(groups.length === 0 ? [] : [` &  & ${first.join(' & ')}${' & '.repeat(costColumns.length)} \\\\`, rules.join(' ')]),
    `${head.map(escape).join(' & ')} \\\\`,
    '\\midrule',
    ...lines.map((line) => `${line} \\\\`),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '–': '--',
  '−': '$-$',
  '·': '$\\cdot$',
  '×': '$\\times$',
  '…': '\\ldots{}',
};

function escape(text: string): string {
  return text.replace(/[\\~^±–−·×…&%$#_{}]/g, (character) => commands[character] ?? `\\${character}`);
}

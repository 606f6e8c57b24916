import type { MethodList } from './method-list.ts';

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '−': '$-$',
  '·': '$\\cdot$',
  '×': '$\\times$',
  '–': '--',
  '—': '---',
  '…': '\\ldots{}',
  '“': '``',
  '”': "''",
  '‘': '`',
  '’': "'",
  α: '$\\alpha$',
  β: '$\\beta$',
  γ: '$\\gamma$',
  λ: '$\\lambda$',
  τ: '$\\tau$',
  ω: '$\\omega$',
};

function escape(text: string): string {
  const signs = /[\\~^±−·×–—…“”‘’αβγλτω&%$#_{}]/g;
  return text.replace(/\s+/g, ' ').replace(signs, (character) => commands[character] ?? `\\${character}`);
}

const words = (values: readonly string[]): string => values.map(escape).join(', ') || '--';

/** Rows beyond which a table would leave its page. */
const onePage = 40;

/**
 * The list as a taxonomy table for the booktabs package, each method with a `\cite` of its paper; a long list is a
 * `longtable`. Accented letters stay as they are (UTF-8).
 */
export function listToLatex({ methods, from, licence, credit }: MethodList): string {
  const isLong = methods.length > onePage;
  const head = 'Method & Configuration & Location & Operator & Alignment & Modalities & Year \\\\';
  const rows = methods.map((method) =>
    [
      `${escape(method.name)}~\\cite{${method.paper}}`,
      words(method.configuration),
      words(method.location),
      words(method.operator),
      words(method.alignment),
      words(method.modalities),
      String(method.year),
    ].join(' & '),
  );
  const caption = [
    `\\caption{Methods by the four dimensions of reprogrammability. ${escape(licence)}. ${escape(credit)}}`,
    '\\label{tab:reprogrammability}',
  ];
  const body = rows.map((row) => `${row} \\\\`);
  const source = `% from ${from.replace(/\s/g, '')}`;
  return isLong
    ? [
        source,
        '% needs \\usepackage{booktabs,longtable}',
        '\\begin{longtable}{llllllr}',
        ...caption.map((line, i) => (i === caption.length - 1 ? `${line} \\\\` : line)),
        '\\toprule',
        head,
        '\\midrule',
        '\\endfirsthead',
        '\\toprule',
        head,
        '\\midrule',
        '\\endhead',
        '\\bottomrule',
        '\\endfoot',
        ...body,
        '\\end{longtable}',
        '',
      ].join('\n')
    : [
        source,
        '% needs \\usepackage{booktabs}',
        '\\begin{table}',
        '\\centering',
        ...caption,
        '\\begin{tabular}{llllllr}',
        '\\toprule',
        head,
        '\\midrule',
        ...body,
        '\\bottomrule',
        '\\end{tabular}',
        '\\end{table}',
        '',
      ].join('\n');
}

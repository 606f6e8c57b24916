export { tableToCsv } from './csv.ts';
export { tableToHtml } from './html.ts';
export type { HtmlOptions } from './html.ts';
export { tableToJson } from './json.ts';
export { cellTextWithRank, costColumns, rankText, rowLabel } from './layout.ts';
export { tableToLatex } from './latex.ts';
export { tableToMarkdown } from './markdown.ts';

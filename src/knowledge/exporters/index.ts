import { listToBibtex } from './list-to-bibtex.ts';
import { listToCsv } from './list-to-csv.ts';
import { listToJson } from './list-to-json.ts';
import { listToLatex } from './list-to-latex.ts';
import { listToMarkdown } from './list-to-markdown.ts';
import type { MethodList } from './method-list.ts';

export { listFields } from './list-to-csv.ts';
export type { ListedMethod, MethodList } from './method-list.ts';

/** One way to hand out a list of methods. */
export interface ListFormat {
  readonly label: string;
  readonly type: string;
  readonly write: (list: MethodList) => string;
}

/** Every form in which a list of methods is handed out, by the ending of its file. */
export const listFormats: Readonly<Record<string, ListFormat>> = {
  bib: { label: 'BibTeX', type: 'application/x-bibtex', write: listToBibtex },
  csv: { label: 'CSV', type: 'text/csv', write: listToCsv },
  json: { label: 'JSON', type: 'application/json', write: listToJson },
  md: { label: 'Markdown', type: 'text/markdown', write: listToMarkdown },
  tex: { label: 'LaTeX', type: 'application/x-tex', write: listToLatex },
};

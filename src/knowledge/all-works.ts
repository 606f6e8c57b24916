import { readBibliography } from './bibliography.ts';
import type { Bibliography } from './bibliography.ts';

/** The field of an entry that may bring the paper's BibTeX along, and where its text starts. */
export interface OwnWork<T> {
  readonly owner: T;
  readonly bibtex: string;
}

/** One bibliography of several texts, and the text to which a line of it belongs. */
export interface AllWorks<T> {
  readonly bibliography: Bibliography;
  /** Whose text holds line `line` (from 1) of the whole, and which line of that text it is; no owner for `references.bib`. */
  readonly origin: (line: number) => { readonly owner: T | undefined; readonly line: number };
}

/**
 * `references.bib` and the works that entries bring along in their own files, as one bibliography, so that keys and works
 * are compared over all of them.
 */
export function allWorks<T>(references: string, own: readonly OwnWork<T>[]): AllWorks<T> {
  const starts: { readonly owner: T; readonly line: number }[] = [];
  let text = references;
  for (const { owner, bibtex } of own) {
    text = `${text.trimEnd()}\n\n`;
    starts.push({ owner, line: text.split('\n').length });
    text += `${bibtex.trimEnd()}\n`;
  }
  return {
    bibliography: readBibliography(text),
    origin: (line) => {
      const start = starts.findLast((each) => each.line <= line);
      return { owner: start?.owner, line: start ? line - start.line + 1 : line };
    },
  };
}

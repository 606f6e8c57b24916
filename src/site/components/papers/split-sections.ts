/** A part of a rendered text: from one heading of the second rank to the next. */
export interface TextSection {
  /** The heading's id; empty for what stands before the first heading. */
  readonly id: string;
  readonly html: string;
}

/** Cuts rendered Markdown at its headings of the second rank. Together the parts are the text. */
export function splitSections(html: string): readonly TextSection[] {
  return html
    .split(/(?=<h2[ >])/)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ id: /^<h2 id="([^"]*)"/.exec(part)?.[1] ?? '', html: part }));
}

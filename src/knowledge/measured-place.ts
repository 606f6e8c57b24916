import { markdownBlocks } from './markdown-blocks.ts';
import { markdownSpans } from './markdown-spans.ts';

/** A place of a table whose number a text quotes: `:measured[words]{table=… row=… column=…}`. */
export interface MeasuredPlace {
  /** Id of the table. */
  readonly table: string;
  /** Key of the row, as in the table's files: `few-shot-icl,shots=16`. */
  readonly row: string;
  /** Key of the column: `world-lm/letters`. */
  readonly column: string;
}

/** How the directive is written. */
export const measuredForm = ':measured[words without a number]{table=id row="key" column="key"}';

const names = ['table', 'row', 'column'] as const;
const attribute = / *([a-z]+)=(?:"([\w.,=+/ ()%-]+)"|([\w.+/-]+))(?= |$)/y;

/** The place that the text between the braces names; undefined unless it is the three attributes, each once. */
export function measuredPlace(attributes: string): MeasuredPlace | undefined {
  const found = new Map<string, string>();
  attribute.lastIndex = 0;
  let end = 0;
  for (let match = attribute.exec(attributes); match; match = attribute.exec(attributes)) {
    const [, name = '', quoted, bare] = match;
    if (found.has(name)) return undefined;
    found.set(name, quoted ?? bare ?? '');
    end = attribute.lastIndex;
  }
  const [table, row, column] = names.map((name) => found.get(name));
  if (found.size !== names.length || attributes.slice(end).trim() !== '') return undefined;
  return table === undefined || row === undefined || column === undefined ? undefined : { table, row, column };
}

/** Whether words may stand where the number does when the text is read without the records: they hold none. */
export function isMeasuredLabel(label: string): boolean {
  return /\p{L}/u.test(label) && !/[\p{N}[\]{}<>`$\\:*_|]/u.test(label);
}

/** The places of all well-formed directives of a text, in its order. */
export function measuredPlaces(markdown: string): readonly MeasuredPlace[] {
  if (!markdown.includes(':measured[')) return [];
  return markdownBlocks(markdown).flatMap(({ kind, text }) => {
    if (kind === 'code' || kind === 'formula') return [];
    return markdownSpans(text).flatMap((span) => {
      if (span.kind !== 'directive' || span.name !== 'measured' || span.colons !== 1 || !span.label || !span.attributes) return [];
      const place = measuredPlace(text.slice(span.attributes.start, span.attributes.end));
      return place ? [place] : [];
    });
  });
}

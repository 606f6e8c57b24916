import { BibtexError, readBibtexEntry } from './bibtex-entry.ts';
import type { BibtexChunk, BibtexEntry } from './bibtex-entry.ts';

/** An entry that isn't BibTeX, and how it could be: `fixed` stands for the line `line` (from 1, in the entry). */
export interface MendedBibtex {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fixed: string | null;
  /** The entry with that line, read; undefined where no change mends it. */
  readonly entry: BibtexEntry | undefined;
}

interface Reading {
  readonly index: number;
  readonly text: string;
}

const count = (line: string, sign: string): number => line.replace(/\\./g, '').split(sign).length - 1;

/** Changes of single lines that are worth a try, the likeliest first; `index` is the line of the parser's complaint. */
function readingsOf(lines: readonly string[], index: number): readonly Reading[] {
  const at = (i: number, text: string): Reading[] => (text === lines[i] ? [] : [{ index: i, text }]);
  let before = index - 1;
  while (before > 0 && lines[before]?.trim() === '') before -= 1;
  const line = lines[index] ?? '';
  const last = lines.length - 1;
  const unclosed = lines.flatMap((each, i) => {
    const left = count(each, '{') - count(each, '}');
    return i === 0 || left !== 1 ? [] : [{ index: i, text: each.replace(/,?\s*$/, '},') }];
  });
  const openQuotes = lines.flatMap((each, i) =>
    count(each, '"') % 2 === 1 ? [{ index: i, text: each.replace(/,?\s*$/, '",') }] : [],
  );
  return [
    ...at(index, line.replace(/^(\s*\w+)\s+(?=[{"\d])/, '$1 = ')),
    ...at(before, (lines[before] ?? '').replace(/\s*$/, ',')),
    ...at(0, (lines[0] ?? '').replace(/^(@\w+\s*\{)(.*?),?\s*$/, (_, start: string, key: string) => `${start}${key.trim().replace(/\s+/g, '')},`)),
    ...unclosed,
    ...openQuotes,
    ...at(last, `${(lines[last] ?? '').replace(/,?\s*$/, ',')}\n}`),
  ];
}

/** Says where an entry stops being BibTeX, and looks for one changed line with which it is. */
export function mendBibtex({ text }: BibtexChunk, { line, column, message }: BibtexError): MendedBibtex {
  const lines = text.split('\n');
  for (const { index, text: fixed } of readingsOf(lines, line - 1)) {
    try {
      const entry = readBibtexEntry({ text: lines.with(index, fixed).join('\n') });
      const before = lines[index] ?? '';
      const end = before.trimEnd().length + 1;
      return { line: index + 1, column: index === line - 1 ? column : end, message, fixed, entry };
    } catch (error) {
      if (!(error instanceof BibtexError)) throw error;
    }
  }
  return { line: Math.min(line, lines.length), column, message, fixed: null, entry: undefined };
}

import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import type { CSL } from '@citation-js/core';
import type { Position } from './front-matter.ts';

/** One entry of a BibTeX text, not yet read. */
export interface BibtexChunk {
  readonly type: string;
  readonly key: string;
  /** The entry alone. */
  readonly text: string;
  /** What stands between this entry and the next, its comments taken away. */
  readonly rest: string;
  /** Line of its first character, from 1. */
  readonly line: number;
}

/** What a real parser makes of an entry: the fields as they stand (small letters), and the work as CSL. */
export interface BibtexEntry {
  readonly fields: Readonly<Record<string, string>>;
  readonly csl: CSL;
}

/** Thrown where an entry isn't BibTeX; the place counts from the entry's first character, from 1. */
export class BibtexError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.name = 'BibtexError';
    this.line = line;
    this.column = column;
  }
}

/** Length of the entry at the start of a text: to the bracket that closes its first one, or the whole where none does. */
function lengthOf(text: string): number {
  let depth = 0;
  const signs = /\\[\s\S]|[{}]/g;
  for (let match = signs.exec(text); match; match = signs.exec(text)) {
    if (match[0] === '{') depth += 1;
    if (match[0] === '}') depth -= 1;
    if (match[0] === '}' && depth === 0) return match.index + 1;
  }
  return text.length;
}

const comments = /^[ \t]*%.*$|@(?:comment|string|preamble)\b[\s\S]*/gim;

/** The entries of a BibTeX text, in order; an entry starts with @ at the start of a line. */
export function bibtexChunks(text: string): readonly BibtexChunk[] {
  const starts = [...text.matchAll(/^[ \t]*@(?!comment|string|preamble)([A-Za-z]+)\s*[{(]\s*([^,\s}]*)/gim)];
  let line = 1;
  let counted = 0;
  return starts.map((match, i) => {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < match.index; at = text.indexOf('\n', counted)) {
      line += 1;
      counted = at + 1;
    }
    const whole = text.slice(match.index, starts[i + 1]?.index ?? text.length).trimEnd();
    const entry = whole.slice(0, lengthOf(whole));
    const rest = whole.slice(entry.length).replace(comments, (comment) => comment.replace(/\S/g, ' '));
    return { type: (match[1] ?? '').toLowerCase(), key: match[2] ?? '', text: entry, rest, line };
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The parser's complaint without its place and the lines that it shows. */
const complaintOf = (error: unknown): string => (messageOf(error).split('\n')[0] ?? '').replace(/ at line.*$/, '');

type RawEntry = ReturnType<typeof rawEntries>[number];

const rawEntries = (text: string) => plugins.input.data(text, '@biblatex/text');

/** The work that the fields of an entry make, TeX resolved. */
function cslOf(raw: RawEntry): CSL | undefined {
  // The parser's own types are wrong about the result of this step.
  const [csl] = plugins.input.data([raw], '@biblatex/entries+list') as unknown as CSL[];
  return csl;
}

/** The first field whose value is no TeX. */
function brokenField(raw: RawEntry): string | undefined {
  return Object.entries(raw.properties).find(([name, value]) => {
    try {
      cslOf({ ...raw, properties: { [name]: value } });
      return false;
    } catch {
      return true;
    }
  })?.[0];
}

/**
 * Reads one entry with a real parser.
 * @throws BibtexError where it isn't BibTeX
 */
export function readBibtexEntry({ text }: Pick<BibtexChunk, 'text'>): BibtexEntry {
  let raw: RawEntry | undefined;
  try {
    [raw] = rawEntries(text);
  } catch (error) {
    const [, line = 1, column = 1] = /line (\d+) col (\d+)/.exec(messageOf(error)) ?? [];
    throw new BibtexError(complaintOf(error), Number(line), Number(column));
  }
  if (!raw) throw new BibtexError('found no entry', 1, 1);
  const fields = Object.entries(raw.properties).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
  try {
    const csl = cslOf(raw);
    if (!csl) throw new BibtexError('found no entry', 1, 1);
    return { fields: Object.fromEntries(fields), csl };
  } catch (error) {
    if (error instanceof BibtexError) throw error;
    const field = brokenField(raw);
    const { line, column } = field === undefined ? { line: 1, column: 1 } : placeOfField({ text, line: 1 }, field);
    throw new BibtexError(complaintOf(error), line, column);
  }
}

/** An entry's text and its first line in the file. */
type Written = Pick<BibtexChunk, 'text' | 'line'>;

/** The place in the file of something at an offset of an entry's text. */
export function placeInFile({ text, line }: Written, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: line + before.length - 1, column: (before.at(-1) ?? '').length + 1 };
}

/** The place of a field's value, or of the entry where it has no such field. */
export function placeOfField(chunk: Written, field: string): Position {
  const match = new RegExp(`(?:^|[\\s,{])${field}\\s*=\\s*[{"]?`, 'i').exec(chunk.text);
  return placeInFile(chunk, match ? match.index + match[0].length : 0);
}

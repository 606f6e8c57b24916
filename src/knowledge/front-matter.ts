import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';

/** A place in a file, both numbers from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An entry's text taken apart: YAML between two lines of three hyphens, then the body. */
export interface FrontMatter {
  readonly document: Document.Parsed;
  readonly body: string;
  /** Line on which the body starts, from 1. */
  readonly bodyLine: number;
  /** Line of the closing hyphens, from 1. */
  readonly closingLine: number;
  /** The place of an offset into the YAML text. */
  readonly positionOf: (offset: number) => Position;
}

/** Takes an entry apart, or returns undefined where the two lines of hyphens are missing. */
export function splitFrontMatter(text: string): FrontMatter | undefined {
  const match = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text);
  if (!match || match.index !== 0) return undefined;
  const yaml = match[1] ?? '';
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  const closingLine = yaml.split('\n').length + 1;
  return {
    document,
    body: text.slice(match[0].length),
    bodyLine: closingLine + 1,
    closingLine,
    positionOf: (offset) => {
      const { line, col } = lines.linePos(offset);
      return { line: line + 1, column: col };
    },
  };
}

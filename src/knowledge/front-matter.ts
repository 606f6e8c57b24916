import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';

/** A place in a file, both numbers from 1; columns count UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An entry's text taken apart: YAML between two lines of three hyphens, then the body. */
export interface FrontMatter {
  /** The YAML between the hyphens, as it stands. */
  readonly yaml: string;
  /** Whether the YAML keeps to the plain part, which has no mistakes. */
  readonly isPlain: boolean;
  /** What the YAML says; undefined where it isn't YAML. Of a field that stands twice the last one counts. */
  readonly data: unknown;
  /** The YAML as a tree that knows its places; read when it is first asked for. */
  readonly document: Document.Parsed;
  readonly body: string;
  /** Line on which the body starts, from 1. */
  readonly bodyLine: number;
  /** Line of the closing hyphens, from 1. */
  readonly closingLine: number;
  /** The place of an offset into the YAML text. */
  readonly positionOf: (offset: number) => Position;
}

function frontMatter(yaml: string, body: string): FrontMatter {
  let tree: { readonly document: Document.Parsed; readonly lines: LineCounter } | undefined;
  const parsed = () => {
    const lines = new LineCounter();
    return (tree ??= { document: parseDocument(yaml, { lineCounter: lines, uniqueKeys: true }), lines });
  };
  const readData = (): unknown => {
    const { document } = parsed();
    try {
      return document.errors.some(({ code }) => code !== 'DUPLICATE_KEY') ? undefined : document.toJS();
    } catch (error) {
      // The parser's word for an alias that leads nowhere, or to more than anybody writes by hand.
      if (error instanceof ReferenceError) return undefined;
      throw error;
    }
  };
  const plain = readPlainYaml(yaml);
  let read: { readonly data: unknown } | undefined;
  const closingLine = yaml.split('\n').length + 1;
  return {
    yaml,
    isPlain: plain !== undefined,
    get data() {
      return (read ??= { data: plain ?? readData() }).data;
    },
    get document() {
      return parsed().document;
    },
    body,
    bodyLine: closingLine + 1,
    closingLine,
    positionOf: (offset) => {
      const { line, col } = parsed().lines.linePos(offset);
      return { line: line + 1, column: col };
    },
  };
}

const opening = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;

/** Takes an entry apart, or returns undefined where the two lines of hyphens are missing. */
export function splitFrontMatter(text: string): FrontMatter | undefined {
  const match = opening.exec(text);
  if (!match || match.index !== 0) return undefined;
  return frontMatter(match[1] ?? '', text.slice(match[0].length));
}

/** The same entry with other YAML in as many lines. */
export function withYaml({ body }: FrontMatter, yaml: string): FrontMatter {
  return frontMatter(yaml, body);
}

import { isAlias, LineCounter, parseDocument, visit } from 'yaml';
import type { Position } from './front-matter.ts';

/** One mistake in YAML; `fixed` is the line as it could stand, where one is found with which the rest can be read. */
export interface YamlMistake {
  readonly rule: 'yaml-syntax' | 'repeated-field';
  /** Place in the YAML text, from 1. */
  readonly place: Position;
  readonly found: string;
  readonly allowed: string;
  readonly fixed: string | null;
}

export interface MendedYaml {
  readonly mistakes: readonly YamlMistake[];
  /** The text with the mistakes mended, line for line; undefined where one could not be. */
  readonly mended: string | undefined;
}

interface Complaint {
  readonly code: string;
  readonly offset: number;
  readonly message: string;
}

const asField = 'a field as "name: value", with a space after the colon';
const quoted = 'quotes around a text that starts with a sign, or holds ": " or " #"';

/** What YAML allows, by the parser's word for what is wrong; the parser's own sentence where there is none. */
const allowedBy: Readonly<Record<string, string>> = {
  BAD_INDENT: 'closed brackets, and fields of one map that start at the same column',
  BAD_SCALAR_START: quoted,
  BLOCK_AS_IMPLICIT_KEY: `${quoted}; a field of its own starts at the column of its neighbours`,
  MISSING_CHAR: 'quotes and brackets in pairs, and each field as "name: value"',
  MULTILINE_IMPLICIT_KEY: asField,
  MULTIPLE_DOCS: 'one block of YAML',
  TAB_AS_INDENT: 'spaces before a field, no tabs',
  TAG_RESOLVE_FAILED: quoted,
  UNEXPECTED_TOKEN: 'quotes around the whole of a text, and brackets in pairs',
  alias: quoted,
};

function complaintsOf(yaml: string): { readonly first: Complaint | undefined; readonly repeated: readonly Complaint[]; readonly count: number } {
  const document = parseDocument(yaml, { uniqueKeys: true });
  const all = [...document.errors, ...document.warnings].map(({ code, pos, message }): Complaint => ({ code, offset: pos[0], message }));
  const repeated = all.filter(({ code }) => code === 'DUPLICATE_KEY');
  const others = all.filter(({ code }) => code !== 'DUPLICATE_KEY').sort((a, b) => a.offset - b.offset);
  if (others.length === 0) {
    const anchors = new Set<string>();
    visit(document, {
      Node: (_, node) => {
        if ('anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
        if (!isAlias(node) || anchors.has(node.source)) return undefined;
        others.push({ code: 'alias', offset: node.range?.[0] ?? 0, message: 'an alias that leads nowhere' });
        return visit.BREAK;
      },
    });
  }
  return { first: others[0], repeated, count: others.length };
}

/** A text as YAML in double quotes, without the quotes that it may have already. */
const inQuotes = (text: string): string => JSON.stringify(text.trim().replace(/^(["'])(.*)\1$/, '$2').replace(/^["']|["']$/g, ''));

const closers: readonly (readonly [string, string])[] = [['[', ']'], ['{', '}'], ['"', '"'], ["'", "'"]];

/** Ways in which a line may have been meant, the likeliest first. */
function readingsOf(line: string, before: string): readonly string[] {
  const [, name = '', value = ''] = /^(\s*(?:- +)?[A-Za-z]\w*:)\s+(\S.*)$/.exec(line) ?? [];
  const count = (sign: string): number => line.split(sign).length - 1;
  const open = closers.filter(([from, to]) => (from === to ? count(from) % 2 === 1 : count(from) > count(to)));
  const indent = /^ */.exec(before)?.[0] ?? '';
  return [
    ...(/^\s*\t/.test(line) ? [line.replace(/^\s+/, (space) => space.replaceAll('\t', '  ')), line.trimStart()] : []),
    line.replace(/^(\s*(?:- +)?[A-Za-z]\w*):(?=\S)/, '$1: '),
    ...open.map(([, to]) => line.trimEnd() + to),
    line.replace(/([\]}])\1+\s*$/, '$1'),
    ...(name === '' ? [] : [`${name} ${inQuotes(value)}`]),
    line.replace(/^(\s*-\s+)(\S.*)$/, (_, start: string, text: string) => start + inQuotes(text)),
    line.replace(/^(\s*(?:- +)?[A-Za-z]\w*)\s*[ =]\s*(?=\S)/, '$1: '),
    line.replace(/^(\s*[A-Za-z]\w*)\s*$/, '$1:'),
    indent + line.trimStart(),
    line.trimStart(),
  ].filter((reading) => reading !== line);
}

/** A value that starts with a quote and doesn't end with it. */
const opensQuote = (line: string): boolean => /^[^"']*:\s+(?:"(?:\\.|[^"\\])*|'(?:''|[^'])*)$/.test(line);

interface Correction {
  readonly index: number;
  readonly line: string;
  readonly mended: string;
}

/** A changed line at or next to `index` with which the parser finds fewer mistakes, or none. */
function correctionOf(lines: readonly string[], index: number, count: number): Correction | undefined {
  let best: { readonly correction: Correction; readonly left: number } | undefined;
  const openQuotes = lines.flatMap((line, i) => (opensQuote(line) ? [i] : []));
  const near = [...new Set([index, index - 1, index + 1, index - 2, ...openQuotes])];
  for (const at of near) {
    const line = lines[at];
    if (line === undefined || line.trim() === '') continue;
    for (const reading of readingsOf(line, lines[at - 1] ?? '')) {
      const mended = lines.with(at, reading).join('\n');
      const left = complaintsOf(mended).count;
      if (left === 0) return { index: at, line: reading, mended };
      if (left < (best?.left ?? count)) best = { correction: { index: at, line: reading, mended }, left };
    }
  }
  return best?.correction;
}

const columnOfChange = (before: string, after: string): number => {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  return at + 1;
};

/**
 * All mistakes in a YAML text: each is reported at the parser's place, or, where a change to a neighbouring line mends
 * it, at that change; the search goes on in the mended text, so that one mistake doesn't hide the next.
 */
export function mendYaml(yaml: string): MendedYaml {
  const mistakes: YamlMistake[] = [];
  const crlf = yaml.includes('\r\n');
  let text = yaml.replaceAll('\r\n', '\n');
  for (let round = 0; round < 20; round += 1) {
    const { first, repeated, count } = complaintsOf(text);
    const counter = new LineCounter();
    const lines = text.split('\n');
    lines.reduce((offset, line) => (counter.addNewLine(offset), offset + line.length + 1), 0);
    const placeOf = (offset: number): Position => {
      const { line, col } = counter.linePos(Math.min(offset, Math.max(0, text.length - 1)));
      return { line: Math.max(1, line), column: Math.max(1, col) };
    };
    if (!first) {
      for (const { offset } of repeated) {
        const place = placeOf(offset);
        const found = /^[^:]*/.exec((lines[place.line - 1] ?? '').slice(place.column - 1))?.[0] ?? '';
        mistakes.push({ rule: 'repeated-field', place, found, allowed: 'each field once', fixed: null });
      }
      return { mistakes, mended: crlf ? text.replaceAll('\n', '\r\n') : text };
    }
    const place = placeOf(first.offset);
    const allowed = allowedBy[first.code] ?? (first.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    const correction = correctionOf(lines, place.line - 1, count);
    const at = correction?.index ?? place.line - 1;
    // What is wrong with a line that was changed already comes from the change.
    if (mistakes.some((mistake) => mistake.place.line === at + 1)) return { mistakes, mended: undefined };
    const line = lines[at] ?? '';
    const change = columnOfChange(line, correction?.line ?? line);
    mistakes.push({
      rule: 'yaml-syntax',
      place: { line: at + 1, column: at === place.line - 1 ? Math.min(place.column, change) : change },
      found: line.trim(),
      allowed,
      fixed: correction?.line ?? null,
    });
    if (!correction) return { mistakes, mended: undefined };
    text = correction.mended;
  }
  return { mistakes, mended: undefined };
}

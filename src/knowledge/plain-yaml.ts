/** Thrown, and caught in this file, where a text leaves the plain part of YAML. */
const notPlain = Symbol('not plain');

/** Words that stand for something else than themselves. */
const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** Characters with which a text without quotes certainly begins; anything else is left to the whole parser. */
const textStart = /^[A-Za-z($/_\\\u00c0-\ud7ff]/;
const unusual = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;
const keyLine = /^([A-Za-z][A-Za-z0-9_]*):(?: +|$)/;

function unquoted(text: string): unknown {
  if (text.includes(': ') || text.includes(' #') || text.endsWith(':')) throw notPlain;
  if (/^[0-9]/.test(text)) {
    if (/^[0-9]{1,15}$/.test(text) || /^[0-9]{1,9}\.[0-9]{1,6}$/.test(text)) return Number(text);
    if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || /^[0-9.,]+ /.test(text)) return text;
    throw notPlain;
  }
  if (!textStart.test(text)) throw notPlain;
  return constants.has(text) ? constants.get(text) : text;
}

/** Reads the flow collection, such as `[a, b]` or `{ c: 3 }`, that a line ends with. */
function readFlow(text: string): unknown {
  let at = 0;
  const skip = (): void => {
    while (text[at] === ' ') at += 1;
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const [found, inner = found] = pattern.exec(text) ?? [];
    at += found?.length ?? 0;
    return inner;
  };
  /** Calls `item` for each thing between the brackets. */
  const between = (closing: string, item: () => void): void => {
    at += 1;
    skip();
    if (text[at] === closing) {
      at += 1;
      return;
    }
    for (;;) {
      item();
      skip();
      const sign = text[at];
      at += 1;
      if (sign === closing) return;
      if (sign !== ',') throw notPlain;
      skip();
    }
  };
  const value = (): unknown => {
    if (text[at] === '[') {
      const list: unknown[] = [];
      between(']', () => list.push(value()));
      return list;
    }
    if (text[at] === '{') {
      const map: Record<string, unknown> = {};
      between('}', () => {
        const key = take(/([A-Za-z][A-Za-z0-9_]*): +/y);
        if (key === undefined || constants.has(key) || Object.hasOwn(map, key)) throw notPlain;
        map[key] = value();
      });
      return map;
    }
    const quoted = take(/"([^"\\]*)"/y) ?? take(/'([^']*)'/y);
    if (quoted !== undefined) return quoted;
    const plain = take(/[^,[\]{}"'][^,[\]{}]*/y);
    if (plain === undefined) throw notPlain;
    return unquoted(withoutEnd(plain));
  };
  const result = value();
  if (at !== text.length) throw notPlain;
  return result;
}

function readScalar(text: string): unknown {
  const first = text[0];
  if (first === '[' || first === '{') return readFlow(text);
  if (first !== '"' && first !== "'") return unquoted(text);
  const quoted = /^"([^"\\]*)"$|^'([^']*)'$/.exec(text);
  if (!quoted) throw notPlain;
  return quoted[1] ?? quoted[2];
}

/** Without the spaces at its end; other white space belongs to a text. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end -= 1;
  return text.slice(0, end);
}

const indentOf = (line: string): number => line.search(/[^ ]/);

/**
 * Reads the plain part of YAML that almost every entry keeps to: block maps and lists, texts in one line with or without
 * quotes, numbers, `[a, b]` and `{ c: 3 }`. Where it gives an answer, that is what the whole parser gives (a test
 * compares the two); for anything else it gives undefined. It is twenty times as fast and knows no places.
 */
export function readPlainYaml(text: string): Readonly<Record<string, unknown>> | undefined {
  const whole = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  if (unusual.test(whole)) return undefined;
  const lines = whole.split('\n').map(withoutEnd);
  let at = 0;
  /** The indent of the next line that is neither empty nor a comment; -1 at the end. */
  const nextIndent = (): number => {
    while (lines[at] === '' || /^ *#/.test(lines[at] ?? '')) at += 1;
    return indentOf(lines[at] ?? '');
  };
  const isItem = (indent: number): boolean => /^-(?: |$)/.test((lines[at] ?? '').slice(indent));

  const nested = (outer: number): unknown => {
    const indent = nextIndent();
    if (isItem(indent) && indent >= outer) return list(indent);
    if (indent <= outer) throw notPlain;
    return map(indent);
  };
  const scalar = (rest: string, indent: number): unknown => {
    at += 1;
    const comment = /^[["'{]/.test(rest) ? -1 : rest.indexOf(' #');
    const value = readScalar(comment < 0 ? rest : withoutEnd(rest.slice(0, comment)));
    if (nextIndent() > indent) throw notPlain;
    return value;
  };
  const list = (indent: number): readonly unknown[] => {
    const items: unknown[] = [];
    while (nextIndent() === indent && isItem(indent)) {
      const line = lines[at] ?? '';
      const inner = indent + 1 + indentOf(line.slice(indent + 1));
      const rest = line.slice(inner);
      if (inner <= indent + 1 || isItem(inner)) throw notPlain;
      if (keyLine.test(rest)) {
        lines[at] = ' '.repeat(inner) + rest;
        items.push(map(inner));
      } else {
        items.push(scalar(rest, indent));
      }
    }
    return items;
  };
  const map = (indent: number): Readonly<Record<string, unknown>> => {
    const fields: Record<string, unknown> = {};
    for (let next = nextIndent(); next >= indent; next = nextIndent()) {
      const [start, key] = keyLine.exec((lines[at] ?? '').slice(indent)) ?? [];
      if (next > indent || start === undefined || key === undefined) throw notPlain;
      if (constants.has(key) || Object.hasOwn(fields, key)) throw notPlain;
      const rest = (lines[at] ?? '').slice(indent + start.length);
      if (rest === '') at += 1;
      fields[key] = rest === '' ? nested(indent) : scalar(rest, indent);
    }
    return fields;
  };
  try {
    const fields = nextIndent() === 0 ? map(0) : undefined;
    return at >= lines.length ? fields : undefined;
  } catch (error) {
    if (error !== notPlain) throw error;
    return undefined;
  }
}

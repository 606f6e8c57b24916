import { FormatError } from './bytes.ts';

/** A parsed JSON value that remembers where it stood. */
export type JsonNode =
  | { readonly type: 'object'; readonly offset: number; readonly entries: ReadonlyMap<string, JsonNode> }
  | { readonly type: 'array'; readonly offset: number; readonly items: readonly JsonNode[] }
  | { readonly type: 'string'; readonly offset: number; readonly value: string }
  | { readonly type: 'number'; readonly offset: number; readonly text: string; readonly value: number }
  | { readonly type: 'boolean'; readonly offset: number; readonly value: boolean }
  | { readonly type: 'null'; readonly offset: number };

const deepest = 64;
const numberPattern = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Parses the JSON text in bytes `start`…`end` of a file, stricter than `JSON.parse`: UTF-8 must be valid, a name may
 * stand in an object only once, nesting ends at 64. Throws {@link FormatError}.
 */
export function parseJson(bytes: Uint8Array, file: string, start = 0, end = bytes.length): JsonNode {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let at = start;

  const fail = (reason: string, offset = at): never => {
    throw new FormatError(file, offset, reason);
  };
  const skipSpace = (): void => {
    while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at++;
  };
  const isNext = (character: string): boolean => {
    skipSpace();
    return at < end && bytes[at] === character.charCodeAt(0);
  };
  const expect = (character: string, where: string): void => {
    if (!isNext(character)) fail(`'${character}' expected ${where}`);
    at++;
  };

  const parseString = (): string => {
    expect('"', 'at the start of a string');
    const from = at - 1;
    while (at < end && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
    if (at >= end) fail('a string without an end', from);
    at++;
    try {
      return JSON.parse(text.decode(bytes.subarray(from, at))) as string;
    } catch {
      return fail('not a valid JSON string', from);
    }
  };

  const parseObject = (depth: number): JsonNode => {
    const offset = at;
    const entries = new Map<string, JsonNode>();
    at++;
    if (isNext('}')) {
      at++;
      return { type: 'object', offset, entries };
    }
    for (;;) {
      skipSpace();
      const nameOffset = at;
      const name = parseString();
      if (entries.has(name)) fail(`the name ${JSON.stringify(name)} stands here twice`, nameOffset);
      expect(':', 'after a name');
      entries.set(name, parseValue(depth + 1));
      if (isNext(',')) {
        at++;
        continue;
      }
      expect('}', 'at the end of an object');
      return { type: 'object', offset, entries };
    }
  };

  const parseArray = (depth: number): JsonNode => {
    const offset = at;
    const items: JsonNode[] = [];
    at++;
    if (isNext(']')) {
      at++;
      return { type: 'array', offset, items };
    }
    for (;;) {
      items.push(parseValue(depth + 1));
      if (isNext(',')) {
        at++;
        continue;
      }
      expect(']', 'at the end of an array');
      return { type: 'array', offset, items };
    }
  };

  const parseWord = (): JsonNode => {
    const offset = at;
    while (at < end && /[-+.0-9A-Za-z]/.test(String.fromCharCode(bytes[at] ?? 0))) at++;
    const word = String.fromCharCode(...bytes.subarray(offset, Math.min(at, offset + 400)));
    const known = words.get(word);
    if (known === null) return { type: 'null', offset };
    if (known !== undefined) return { type: 'boolean', offset, value: known };
    if (!numberPattern.test(word)) fail('not JSON: a value expected', offset);
    return { type: 'number', offset, text: word, value: Number(word) };
  };

  const parseValue = (depth: number): JsonNode => {
    if (depth > deepest) fail(`JSON nested deeper than ${deepest}`);
    if (isNext('{')) return parseObject(depth);
    if (isNext('[')) return parseArray(depth);
    if (isNext('"')) {
      const offset = at;
      return { type: 'string', offset, value: parseString() };
    }
    return parseWord();
  };

  const value = parseValue(0);
  skipSpace();
  if (at < end) fail('text after the JSON value');
  return value;
}

/** A whole number ≥ 0 written as such (`3`, not `3.0`), or an error that says what was being read. */
export function wholeNumber(node: JsonNode | undefined, file: string, what: string, offset = 0): number {
  if (node?.type === 'number' && /^[0-9]+$/.test(node.text) && Number.isSafeInteger(node.value)) return node.value;
  throw new FormatError(file, node?.offset ?? offset, `${what} must be a whole number ≥ 0`);
}

/** The entries of an object, or an error that says what was being read. */
export function objectEntries(
  node: JsonNode | undefined,
  file: string,
  what: string,
  offset = 0,
): ReadonlyMap<string, JsonNode> {
  if (node?.type === 'object') return node.entries;
  throw new FormatError(file, node?.offset ?? offset, `${what} must be a JSON object`);
}

/** The items of an array, or an error that says what was being read. */
export function arrayItems(node: JsonNode | undefined, file: string, what: string, offset = 0): readonly JsonNode[] {
  if (node?.type === 'array') return node.items;
  throw new FormatError(file, node?.offset ?? offset, `${what} must be a JSON array`);
}

/** A string, or an error that says what was being read. */
export function stringValue(node: JsonNode | undefined, file: string, what: string, offset = 0): string {
  if (node?.type === 'string') return node.value;
  throw new FormatError(file, node?.offset ?? offset, `${what} must be a string`);
}

import { FormatError, parseJson } from '../assets/index.ts';
import type { JsonNode } from '../assets/index.ts';

/** More than any size of a model that could be loaded here; a file that states more is wrong. */
const largest = 1 << 24;

const shown = (node: JsonNode): string => {
  if (node.type === 'number') return node.text;
  if (node.type === 'string') return JSON.stringify(node.value);
  return node.type === 'boolean' ? String(node.value) : `a JSON ${node.type}`;
};

/**
 * The fields of a JSON file that describes a model. Where `otherwise` is given, a field may be missing or null and is that;
 * every other one is needed. Everything throws `FormatError`, one sentence with file, byte and field.
 */
export interface ConfigFields {
  /** A whole number of at least `least` (1 when left out). */
  readonly whole: (name: string, options?: { readonly least?: number; readonly most?: number; readonly otherwise?: number }) => number;
  /** The same, where none is an answer, too. */
  readonly wholeOrNull: (name: string, options: { readonly least: number; readonly most: number }) => number | null;
  /** A number above 0. */
  readonly positive: (name: string, otherwise?: number) => number;
  readonly truth: (name: string, otherwise?: boolean) => boolean;
  /** What the table has for the field's text. */
  readonly pick: <T>(name: string, table: ReadonlyMap<string, T>, otherwise?: T) => T;
  /** Throws unless the field is missing, null or `expected`: another value asks for what isn't computed here. */
  readonly only: (name: string, expected: boolean | string) => void;
  /** The fields of an object; `undefined` where it is missing or null. */
  readonly inner: (name: string) => ConfigFields | undefined;
}

function fieldsOf(entries: ReadonlyMap<string, JsonNode>, file: string, at: number, path: string): ConfigFields {
  const find = (name: string): JsonNode | undefined => {
    const node = entries.get(name);
    return node?.type === 'null' ? undefined : node;
  };
  const fail = (name: string, node: JsonNode | undefined, expected: string): never => {
    const found = node ? `is ${shown(node)}; it must be ${expected}` : `is missing; it must be ${expected}`;
    throw new FormatError(file, node?.offset ?? at, `${path}${name} ${found}`);
  };
  const whole = (name: string, node: JsonNode | undefined, least: number, most: number): number => {
    if (node?.type === 'number' && /^[0-9]+$/.test(node.text) && node.value >= least && node.value <= most) return node.value;
    return fail(name, node, `a whole number from ${least} to ${most}`);
  };
  return {
    whole: (name, { least = 1, most = largest, otherwise } = {}) => {
      const node = find(name);
      return !node && otherwise !== undefined ? otherwise : whole(name, node, least, most);
    },
    wholeOrNull: (name, { least, most }) => {
      const node = find(name);
      return node ? whole(name, node, least, most) : null;
    },
    positive: (name, otherwise) => {
      const node = find(name);
      if (!node && otherwise !== undefined) return otherwise;
      if (node?.type === 'number' && node.value > 0 && Number.isFinite(node.value)) return node.value;
      return fail(name, node, 'a number above 0');
    },
    truth: (name, otherwise) => {
      const node = find(name);
      if (!node && otherwise !== undefined) return otherwise;
      return node?.type === 'boolean' ? node.value : fail(name, node, 'true or false');
    },
    pick: (name, table, otherwise) => {
      const node = find(name);
      if (!node && otherwise !== undefined) return otherwise;
      const found = node?.type === 'string' ? table.get(node.value) : undefined;
      return found ?? fail(name, node, `one of ${[...table.keys()].join(', ')}`);
    },
    only: (name, expected) => {
      const node = find(name);
      if (!node || ('value' in node && node.value === expected)) return;
      fail(name, node, `${JSON.stringify(expected)} or left out, since nothing else is computed here`);
    },
    inner: (name) => {
      const node = find(name);
      if (!node) return undefined;
      return node.type === 'object' ? fieldsOf(node.entries, file, node.offset, `${path}${name}.`) : fail(name, node, 'a JSON object');
    },
  };
}

/** Opens the text of such a file. */
export function configFields(text: string, file: string): ConfigFields {
  const node = parseJson(new TextEncoder().encode(text), file);
  if (node.type !== 'object') throw new FormatError(file, node.offset, 'the file must be a JSON object');
  return fieldsOf(node.entries, file, node.offset, '');
}

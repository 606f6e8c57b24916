import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Hex digits kept of a SHA-256 where a key names a run, a record or a cell: 96 bits. */
const keyLength = 24;

/**
 * The one text of a value: keys sorted by code unit, no white space, numbers as `JSON.stringify` prints them
 * (so −0 is `0`), keys whose value is `undefined` left out.
 *
 * @throws TypeError where a value has no exact JSON form (NaN, an infinity, a function, a typed array), naming its path.
 */
export function canonicalJson(value: unknown, path = '$'): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path}: ${value} has no JSON form; store null instead`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => canonicalJson(item, `${path}[${index}]`)).join(',')}]`;
  }
  if (typeof value === 'object' && isPlain(value)) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, `${path}.${key}`)}`);
    return `{${entries.join(',')}}`;
  }
  throw new TypeError(`${path}: a value of type ${typeof value} has no JSON form; store text, numbers, lists or objects`);
}

/** The first 96 bits of the SHA-256 of a value's canonical text, as 24 hex digits. */
export function shortHash(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, keyLength);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { TensorData } from './tensor-data.ts';

/**
 * The identity of an asset: SHA-256 (hex) over the names, types, shapes and little-endian values of its tensors in
 * the order of their names, then over its texts. However a file packs the content, the digest is the same; without
 * texts it equals the digest of the same tensors as a parameter tree.
 */
export function digestContent(
  tensors: ReadonlyMap<string, TensorData>,
  texts: ReadonlyMap<string, string> = new Map(),
): string {
  const hash = sha256.create();
  for (const [name, { dtype, shape, values }] of inOrder(tensors)) {
    hash.update(utf8ToBytes(`${name}:${dtype}:${shape.join('x')}\n`));
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  for (const [name, text] of inOrder(texts)) {
    const bytes = utf8ToBytes(text);
    hash.update(utf8ToBytes(`text ${name}:${bytes.length}\n`));
    hash.update(bytes);
  }
  return bytesToHex(hash.digest());
}

/** SHA-256 (hex) of a file's bytes. */
export function digestBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

function inOrder<V>(entries: ReadonlyMap<string, V>): [string, V][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { languageDocument } from './documents.ts';
import { functionKey, heldOut } from './functions.ts';
import { languageVersion } from './version.ts';
import { words } from './words.ts';

const digested = 64;
const length = 256;

/** SHA-256 (hex) of the language: version, words, what documents never show, and the first 64 documents. */
export function languageDigest(): string {
  const hash = sha256.create();
  hash.update(utf8ToBytes(`${languageVersion}\n${words.join(' ')}\n${heldOut.map(functionKey).join(',')}\n`));
  for (let index = 0; index < digested; index += 1) {
    hash.update(utf8ToBytes(`${languageDocument(index, length).words.join(' ')}\n`));
  }
  return bytesToHex(hash.digest());
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { captionedPicture, captionsVersion } from './captioned-scenes.ts';
import { captionWords, worldCaption } from './captions.ts';
import { worldVersion } from './pool.ts';

const digested = { pictures: 64, captions: 4 } as const;

/** SHA-256 (hex) of the captioned world: versions, words, and the first pictures of both parts with some of their captions. */
export function captionsDigest(): string {
  const hash = sha256.create();
  hash.update(utf8ToBytes(`${captionsVersion}\n${worldVersion}\n${captionWords.join(' ')}\n`));
  for (const part of ['training', 'probe'] as const) {
    for (let index = 0; index < digested.pictures; index += 1) {
      hash.update(captionedPicture(part, index));
      for (let which = 0; which < digested.captions; which += 1) hash.update(utf8ToBytes(`${worldCaption(part, index, which)}\n`));
    }
  }
  return bytesToHex(hash.digest());
}

import { TokenizerError } from './tokenizer-error.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The text, if every character of it is whole. Bytes are read as UTF-8. Throws {@link TokenizerError}, which says where
 * the first malformed byte or lone surrogate stands.
 */
export function wellFormedText(text: string | Uint8Array, what = 'The text'): string {
  if (typeof text !== 'string') {
    try {
      return strict.decode(text);
    } catch {
      const offset = firstMalformed(text);
      const byte = (text[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
      throw new TokenizerError(`${what} is not UTF-8: byte ${offset} (0x${byte}) belongs to no character.`);
    }
  }
  const at = text.search(/\p{Surrogate}/u);
  if (at < 0) return text;
  const half = text.charCodeAt(at).toString(16).toUpperCase();
  throw new TokenizerError(`${what} has half a character, the lone surrogate U+${half}, at position ${at}.`);
}

/** The offset of the first byte that a lenient decoder replaces by U+FFFD. */
function firstMalformed(bytes: Uint8Array): number {
  let offset = 0;
  for (const character of lenient.decode(bytes)) {
    const isStored = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (character === '\uFFFD' && !isStored) return offset;
    offset += utf8Length(character.codePointAt(0) ?? 0);
  }
  return offset;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/*
 * Byte-level BPE writes each byte as one printable character: those that print stand for themselves, the others are
 * U+0100, U+0101, … in the order of the bytes. Source: openai/gpt-2 src/encoder.py (`bytes_to_unicode`).
 */

const isPrintable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);

/** The character that stands for each of the 256 bytes. */
export const byteCharacters: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
})();

const byteOf: ReadonlyMap<string, number> = new Map(byteCharacters.map((character, byte) => [character, byte]));
const utf8 = new TextEncoder();

/** The UTF-8 bytes of a text, each as its character. */
export function textToByteCharacters(text: string): string {
  let characters = '';
  for (const byte of utf8.encode(text)) characters += byteCharacters[byte] ?? '';
  return characters;
}

/** The bytes that a token stands for; a token with any other character stands for its own UTF-8 bytes. */
export function tokenToBytes(token: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of token) {
    const byte = byteOf.get(character);
    if (byte === undefined) return utf8.encode(token);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/**
 * A bit set as base64: item i is bit i mod 8 (lowest first) of byte ⌊i / 8⌋; the unused bits of the last byte are 0.
 * A record keeps which test items were answered rightly in this form, in the order in which they were drawn.
 */
export function encodeBits(bits: ArrayLike<boolean | number>): string {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (let i = 0; i < bits.length; i++) {
    if (bits[i]) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  }
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/**
 * The inverse of `encodeBits`: `count` values, each 0 or 1.
 *
 * @throws RangeError when the text isn't base64 of exactly ⌈count / 8⌉ bytes or has a bit set beyond `count`.
 */
export function decodeBits(text: string, count: number): Uint8Array {
  const expected = Math.ceil(count / 8);
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new RangeError(`bit set: not base64: ${JSON.stringify(text.slice(0, 20))}`);
  }
  if (binary.length !== expected) {
    throw new RangeError(`bit set: ${binary.length} bytes where ${count} items need ${expected}`);
  }
  const bits = new Uint8Array(count);
  for (let i = 0; i < expected * 8; i++) {
    const bit = (binary.charCodeAt(i >> 3) >> (i & 7)) & 1;
    if (i < count) bits[i] = bit;
    else if (bit === 1) throw new RangeError(`bit set: bit ${i} is set but there are only ${count} items`);
  }
  return bits;
}

/** How many of the values are non-zero. */
export function countBits(bits: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) count++;
  return count;
}

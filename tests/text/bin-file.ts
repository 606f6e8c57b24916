/** The tokens `<0x00>` … `<0xFF>`. */
export const byteNames: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
);

/** A tokenizer.bin of llama2.c with these tokens and scores. */
export function binFile(tokens: readonly (readonly [piece: string, score: number])[]): Uint8Array {
  const encoded = tokens.map(([piece, score]) => ({ bytes: new TextEncoder().encode(piece), score }));
  const file = new Uint8Array(encoded.reduce((sum, { bytes }) => sum + 8 + bytes.length, 4));
  const view = new DataView(file.buffer);
  view.setUint32(0, Math.max(...encoded.map(({ bytes }) => bytes.length)), true);
  let at = 4;
  for (const { bytes, score } of encoded) {
    view.setFloat32(at, score, true);
    view.setUint32(at + 4, bytes.length, true);
    file.set(bytes, at + 8);
    at += 8 + bytes.length;
  }
  return file;
}

/** A 128-bit key of a random stream: four unsigned 32-bit words. */
export type Key = readonly [number, number, number, number];

const multipliers = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;
const rotations = [13, 15, 17, 19] as const;

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

/** The 32-bit finaliser of MurmurHash3 (Appleby): each bit of `x` reaches each bit of the result. */
function avalanche(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function wordsOf(label: string | number): number[] {
  if (typeof label === 'string') return [0x7473, label.length, ...Array.from(label, (_, i) => label.charCodeAt(i))];
  if (!Number.isFinite(label)) throw new RangeError(`a seed or label of a random stream is a finite number, found ${label}`);
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, label + 0);
  return [0x6e75, bits.getUint32(0), bits.getUint32(4)];
}

/**
 * The key of the child `label` of the stream with key `parent` (no parent: of a root seed). The number 1 and the text
 * '1' are different labels. Text is read by UTF-16 code units.
 */
export function deriveKey(label: string | number, parent: Key = [0, 0, 0, 0]): Key {
  let [a, b, c, d] = parent;
  for (const word of wordsOf(label)) {
    a = Math.imul(rotateLeft(a ^ Math.imul(word, multipliers[0]), rotations[0]), 5) + b;
    b = Math.imul(rotateLeft(b ^ Math.imul(a, multipliers[1]), rotations[1]), 5) + c;
    c = Math.imul(rotateLeft(c ^ Math.imul(b, multipliers[2]), rotations[2]), 5) + d;
    d = Math.imul(rotateLeft(d ^ Math.imul(c, multipliers[3]), rotations[3]), 5) + a;
  }
  // twice round, so that the last word too reaches all four
  for (let round = 0; round < 2; round++) {
    a = avalanche(a + d + multipliers[0] + round);
    b = avalanche(b + a + multipliers[1]);
    c = avalanche(c + b + multipliers[2]);
    d = avalanche(d + c + multipliers[3]);
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

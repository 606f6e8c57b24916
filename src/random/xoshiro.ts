import type { Key } from './seed-hash.ts';

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2018): period 2¹²⁸ − 1, a whole number in [0, 2³²) a call. The all-zero state,
 * which would stay zero, is replaced.
 */
export function xoshiro128(state: Key): () => number {
  let [a, b, c] = state;
  let d = state.every((word) => word === 0) ? 1 : state[3];
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

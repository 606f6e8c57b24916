import { naturalLog } from './elementary.ts';
import { deriveKey } from './seed-hash.ts';
import type { Key } from './seed-hash.ts';
import { xoshiro128 } from './xoshiro.ts';

/**
 * A source of random numbers, the same in every engine. It holds a position in its own stream; `split` opens other
 * streams that depend on the path of labels from the seed alone, never on how much has been drawn here.
 */
export interface Generator {
  /** The stream named `label` below this one. The number 1 and the text '1' name different streams. */
  split(label: string | number): Generator;
  /** A whole number in [0, 2³²). */
  uint32(): number;
  /** A number in [low, high), by default [0, 1), from 53 random bits. */
  uniform(low?: number, high?: number): number;
  /** A whole number in [0, n), all equally probable; 1 ≤ n ≤ 2³². */
  integer(n: number): number;
  /** A draw from the normal distribution of mean 0 and variance 1. */
  normal(): number;
  /** 0 … n−1 in random order, all orders equally probable. */
  permutation(n: number): Int32Array;
  /** k different numbers of 0 … n−1, in random order. */
  choose(n: number, k: number): Int32Array;
  /** n normal draws, rounded to float32. */
  normals(n: number): Float32Array;
  /** n draws in [low, high), rounded to float32 (and still below `high`). */
  uniforms(n: number, low?: number, high?: number): Float32Array;
}

const twoTo26 = 67108864;
const twoTo32 = 4294967296;
const twoTo53 = 9007199254740992;

function requireCount(value: number, what: string): void {
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`${what} is a whole number from 0 on, found ${value}`);
}

function generatorOf(key: Key): Generator {
  const uint32 = xoshiro128(key);
  let spare: number | undefined;

  function unit(): number {
    const high = uint32() >>> 5;
    return (high * twoTo26 + (uint32() >>> 6)) / twoTo53;
  }

  function uniform(low = 0, high = 1): number {
    if (!(low < high)) throw new RangeError(`uniform takes low < high, found ${low} and ${high}`);
    const value = low + (high - low) * unit();
    return value < high ? value : low;
  }

  function integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > twoTo32) {
      throw new RangeError(`integer takes a whole number from 1 to 2^32, found ${n}`);
    }
    const limit = twoTo32 - (twoTo32 % n);
    let draw = uint32();
    while (draw >= limit) draw = uint32();
    return draw % n;
  }

  // the polar method (Marsaglia and Bray 1964): two draws at a time, one kept for the next call
  function normal(): number {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x = 2 * unit() - 1;
      const y = 2 * unit() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * naturalLog(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  }

  function choose(n: number, k: number): Int32Array {
    requireCount(n, 'the size of the set to choose from');
    requireCount(k, 'the number to choose');
    if (k > n) throw new RangeError(`cannot choose ${k} different numbers of ${n}`);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < k; i++) {
      const j = i + integer(n - i);
      const swapped = order[i] as number;
      order[i] = order[j] as number;
      order[j] = swapped;
    }
    return order.slice(0, k);
  }

  return {
    split: (label) => generatorOf(deriveKey(label, key)),
    uint32,
    uniform,
    integer,
    normal,
    permutation: (n) => choose(n, n),
    choose,
    normals(n) {
      requireCount(n, 'the number of draws');
      const values = new Float32Array(n);
      for (let i = 0; i < n; i++) values[i] = normal();
      return values;
    },
    uniforms(n, low = 0, high = 1) {
      requireCount(n, 'the number of draws');
      const values = new Float32Array(n);
      for (let i = 0; i < n; i++) {
        const value = Math.fround(uniform(low, high));
        values[i] = value < high ? value : low;
      }
      return values;
    },
  };
}

/** The generator of a seed. Equal seeds give equal streams in every engine; 1 and '1' are different seeds. */
export function createGenerator(seed: number | string): Generator {
  return generatorOf(deriveKey(seed));
}

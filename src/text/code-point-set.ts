/** A set of Unicode code points that is the same in every engine, whichever version of Unicode the engine knows. */
export interface CodePointSet {
  readonly has: (codePoint: number) => boolean;
  /** Its ranges, to stand between `[` and `]` of a regular expression with the flag `u`. */
  readonly ranges: string;
  /** How many code points it holds. */
  readonly size: number;
}

/**
 * Reads a set written as numbers to the base 36 with space between them: how many code points are left out, how many
 * are in, how many are left out …, from U+0000 on.
 */
export function codePointSet(runs: string): CodePointSet {
  const lengths = runs.trim().split(/\s+/).map((length) => Number.parseInt(length, 36));
  // The borders between out and in: an odd number of them at or below a code point means that it is in.
  const borders = new Uint32Array(lengths.length);
  let border = 0;
  lengths.forEach((length, index) => {
    border += length;
    borders[index] = border;
  });
  const pairs = Array.from({ length: borders.length / 2 }, (_, pair): readonly [number, number] => [
    borders[2 * pair] ?? 0,
    (borders[2 * pair + 1] ?? 0) - 1,
  ]);
  return {
    has: (codePoint) => bordersUpTo(borders, codePoint) % 2 === 1,
    ranges: pairs.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join(''),
    size: pairs.reduce((sum, [first, last]) => sum + last - first + 1, 0),
  };
}

const escaped = (codePoint: number): string => `\\u{${codePoint.toString(16)}}`;

function bordersUpTo(borders: Uint32Array, codePoint: number): number {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? Infinity) <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low;
}

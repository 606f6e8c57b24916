/** Widths of letters in ems, by the wider faces that systems set text in; what isn't named counts as a common letter. */
const widths: readonly (readonly [letters: string, ems: number])[] = [
  ["ijl.,:;'|!()[]", 0.33],
  ['frtI -/', 0.41],
  ['mwMWQ@%', 0.92],
  ['ABCDEFGHJKLNOPRSTUVXYZ&+', 0.69],
];
const common = 0.58;

/** By letter, for labels are measured by the million in a large catalogue. */
const emsOf = new Map(widths.flatMap(([letters, ems]) => [...letters].map((letter) => [letter, ems] as const)));

/** An upper estimate of a text's width, in ems. */
export function widthOf(text: string): number {
  let sum = 0;
  for (const letter of text) sum += emsOf.get(letter) ?? common;
  return sum;
}

/** `text` on at most `lines` lines of at most `ems`, broken at spaces; what doesn't fit ends in an ellipsis. */
export function labelLines(text: string, ems: number, lines = 2): readonly string[] {
  const set: string[] = [];
  let rest = text.split(/\s+/).filter((word) => word !== '');
  while (rest.length > 0 && set.length < lines) {
    let fits = 1;
    while (fits < rest.length && widthOf(rest.slice(0, fits + 1).join(' ')) <= ems) fits += 1;
    set.push(cut(rest.slice(0, fits).join(' '), ems));
    rest = rest.slice(fits);
  }
  const last = set.at(-1);
  if (rest.length > 0 && last !== undefined) set[set.length - 1] = cut(`${last} ${rest.join(' ')}`, ems);
  return set;
}

function cut(line: string, ems: number): string {
  if (widthOf(line) <= ems) return line;
  const letters = [...line];
  let [kept, sum] = [0, 0];
  for (const letter of letters) {
    sum += emsOf.get(letter) ?? common;
    if (kept > 0 && sum + widthOf('…') > ems) break;
    kept += 1;
  }
  return `${letters.slice(0, kept).join('').trimEnd()}…`;
}

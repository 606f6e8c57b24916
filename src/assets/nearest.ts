/**
 * The Damerau-Levenshtein distance (optimal string alignment): the fewest insertions, deletions, substitutions and
 * swaps of neighbours that turn one text into the other.
 */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j < width; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j - 1] ?? 0) + (same ? 0 : 1), (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/**
 * The name that was probably meant: the nearest of `names` by edit distance, letter case aside, or a name that begins
 * with what was typed. `undefined` when none is near (more than a third of the letters differ, at least two).
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const typed = name.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const candidate of names) {
    const known = candidate.toLowerCase();
    const begins = typed.length >= 3 && (known.startsWith(typed) || typed.startsWith(known));
    const distance = begins ? 1 : editDistance(typed, known);
    const allowed = Math.max(2, Math.floor(Math.max(typed.length, known.length) / 3));
    if (distance <= allowed && (!best || distance < best.distance)) best = { name: candidate, distance };
  }
  return best?.name;
}

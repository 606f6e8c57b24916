/** Number of single-letter insertions, removals and changes between two words. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The word most like `found`, or undefined where nothing is close enough to be meant. */
export function nearest(found: string, words: readonly string[]): string | undefined {
  const wanted = found.toLowerCase().trim();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length * 0.5)) + 1;
  for (const word of words) {
    const lower = word.toLowerCase();
    const distance = wanted.length > 2 && lower.startsWith(wanted) ? 1 : editDistance(wanted, lower);
    if (distance < bestDistance) [best, bestDistance] = [word, distance];
  }
  return best;
}

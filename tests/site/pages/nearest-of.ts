/** At most twelve of the known ids, those that share most pairs of letters with the sought one first. */
export function nearestOf(sought: string, known: readonly string[]): readonly string[] {
  const pairs = (text: string): ReadonlySet<string> => new Set(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)));
  const wanted = pairs(sought);
  const shared = (id: string): number => {
    const own = pairs(id);
    return (2 * [...own].filter((pair) => wanted.has(pair)).length) / (own.size + wanted.size || 1);
  };
  return known.map((id) => ({ id, score: shared(id) })).toSorted((a, b) => b.score - a.score).slice(0, 12).map(({ id }) => id);
}

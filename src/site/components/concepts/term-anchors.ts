/** An anchor for each word of a map between vocabularies, in order: `visual-prompt`, and `visual-prompt-2` for its second meaning. */
export function termAnchors(terms: readonly { readonly term: string }[]): readonly string[] {
  const seen = new Map<string, number>();
  return terms.map(({ term }) => {
    const slug = term.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    const count = (seen.get(slug) ?? 0) + 1;
    seen.set(slug, count);
    return count === 1 ? slug : `${slug}-${count}`;
  });
}

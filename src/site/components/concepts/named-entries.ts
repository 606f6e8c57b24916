const linked = /\]\((?:\.\.\/)+methods\/([a-z0-9-]+)\/[^)]*\)/g;

/** The ids of the entries that a text links to, in the order of their first mention. */
export function namedEntries(text: string): readonly string[] {
  return [...new Set([...text.matchAll(linked)].flatMap(([, id]) => (id === undefined ? [] : [id])))];
}

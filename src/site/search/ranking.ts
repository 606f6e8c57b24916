/** How the index weighs words in names and other metadata; see Pagefind's “Customize ranking”. Chosen by the golden queries. */
export const ranking = {
  metaWeights: { title: 6, aliases: 4, terms: 2, classed: 1, respelled: 3, kind: 0, of: 0 },
} as const;

/** How many words of a text are quoted. */
export const wordsOfExcerpt = 26;

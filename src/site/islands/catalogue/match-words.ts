import type { Columns, Words } from './columns.ts';

/** Small letters without accents. */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const bare = (text: string): string => text.replace(/[^\p{L}\p{N} ]/gu, '');

/** What is looked through, by entry: each further text is a weaker place for a word. */
export type Shelves = readonly (readonly string[])[];

/** Prepares the texts: the names alone, or with the words where they have come. A name also stands without its signs, so that `ptuning` finds P-tuning. */
export function shelvesOf({ names }: Columns, words?: Words): Shelves {
  const withBare = (text: string): string => `${fold(text)}\n${bare(fold(text))}`;
  return names.map((name, row) => [
    withBare(name),
    ...(words
      ? [
          withBare((words.aliases[row] ?? []).join('\n')),
          fold(`${(words.authors[row] ?? []).join('\n')}\n${words.titles[row] ?? ''}`),
          fold(words.summaries[row] ?? ''),
        ]
      : []),
  ]);
}

/** After every place in the texts themselves. */
const inPageOnly = 10;

/**
 * Entries that hold all words, each with how far it is from the best match (0). A word may stand anywhere in a text. First
 * come exact names, then names, other names, authors and titles, summaries; last the pages that the full text finds, in
 * its order, which also orders entries that stand in one place.
 * @param inPages entries whose page has the words, best first
 */
export function matchWords(words: string, shelves: Shelves, inPages: readonly number[] = []): ReadonlyMap<number, number> {
  const wanted = fold(words).split(/\s+/).filter((word) => word !== '');
  const fits = (text: string): boolean => wanted.every((word) => text.includes(word));
  const rank = new Map(inPages.map((row, i) => [row, (i + 1) / (inPages.length + 2)]));
  const scores = new Map<number, number>();
  shelves.forEach((texts, row) => {
    let all = '';
    const shelf = texts.findIndex((text) => fits((all += `\n${text}`)));
    if (shelf < 0) return;
    const isExact = texts[0]?.split('\n').includes(wanted.join(' ')) ?? false;
    scores.set(row, (isExact ? 0 : shelf + 1) + (rank.get(row) ?? 0.99));
  });
  for (const [row, place] of rank) if (!scores.has(row)) scores.set(row, inPageOnly + place);
  return scores;
}

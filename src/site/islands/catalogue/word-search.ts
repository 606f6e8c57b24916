import type { Columns, Words } from './columns.ts';
import { matchWords, shelvesOf } from './match-words.ts';
import type { Shelves } from './match-words.ts';
import { pageSearch } from './page-search.ts';

/** Looks for words in what is there, and then in what comes. */
export interface WordSearch {
  /** How far each entry with the words is from the best match, by what has come so far; undefined where no words are given. */
  match(columns: Columns, words: string): ReadonlyMap<number, number> | undefined;
  /** Fetches the places in which words are looked for, the full text's answer too where words are given; `found` is told of each. */
  lookFurther(columns: Columns, words: string, found: () => void): Promise<void>;
  /** Fetches the full text's index, so that the first answer comes sooner. */
  openPages(): Promise<unknown>;
}

/** @param base the site's address, under which the full text's index lies */
export function wordSearch(fetchWords: () => Promise<Words>, base: string): WordSearch {
  const pages = pageSearch(base);
  let shelves: Shelves | undefined;
  let told: Words | undefined;
  let inPages: { readonly words: string; readonly rows: readonly number[] } = { words: '', rows: [] };
  return {
    match(columns, words) {
      if (words === '') return undefined;
      shelves ??= shelvesOf(columns, told);
      return matchWords(words, shelves, inPages.words === words ? inPages.rows : []);
    },
    async lookFurther(columns, words, found) {
      if (!told) {
        told = await fetchWords();
        shelves = undefined;
        found();
      }
      if (words === '' || inPages.words === words) return;
      // Without the full text there are still names, authors and summaries.
      const ids = await pages.search(words).catch(() => null);
      if (!ids) return;
      inPages = { words, rows: ids.map((id) => columns.ids.indexOf(id)).filter((row) => row >= 0) };
      found();
    },
    openPages: () => pages.open(),
  };
}

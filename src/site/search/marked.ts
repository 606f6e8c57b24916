import { nameWords, plainLetters } from './name-key.ts';

/** A run of text, marked or not. */
export interface Run {
  readonly text: string;
  readonly marked: boolean;
}

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** An excerpt of the index, whose matching words stand in `<mark>`, as runs. Nothing else in it is markup. */
export function runsOfExcerpt(excerpt: string): readonly Run[] {
  return excerpt
    .split(/(<mark>.*?<\/mark>)/)
    .filter((part) => part !== '')
    .map((part) => {
      const word = /^<mark>(.*)<\/mark>$/.exec(part)?.[1];
      return { text: unescaped(word ?? part), marked: word !== undefined };
    });
}

/** The same runs from a little before the first marked one on, so that it is seen where there is room for two lines alone. */
export function fromFirstMark(runs: readonly Run[], before: number): readonly Run[] {
  const first = runs.findIndex(({ marked }) => marked);
  const lead = runs.slice(0, Math.max(first, 0)).map(({ text }) => text).join('');
  if (first <= 0 || lead.length <= before) return runs;
  const kept = lead.slice(-before).replace(/^\S*\s/, '');
  return [{ text: `… ${kept}`, marked: false }, ...runs.slice(first)];
}

/** A title as runs, with the words marked that a word of the query begins, or is. */
export function runsOfTitle(title: string, query: string): readonly Run[] {
  const asked = nameWords(query);
  const isAsked = (word: string): boolean => {
    const plain = plainLetters(word);
    return asked.some((start) => plain === start || (start.length > 1 && plain.startsWith(start)));
  };
  return title
    .split(/([\p{L}\p{N}+]+)/u)
    .filter((part) => part !== '')
    .map((text) => ({ text, marked: isAsked(text) }));
}

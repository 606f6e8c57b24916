import type { Tokenizer } from './tokenizer.ts';
import { TextTooLong, TokenizerError } from './tokenizer-error.ts';
import { wellFormedText } from './well-formed-text.ts';

export interface WordTokenizerOptions {
  /** All words, none with a space in it; the place of a word is its id. */
  readonly words: readonly string[];
  /** The word put in front of a text; none if absent. */
  readonly start?: string;
  /** The word put behind a text; none if absent. A text that is cut keeps it. */
  readonly end?: string;
  /** Words that stand for no text, such as padding; `start` and `end` are among them. */
  readonly specials?: readonly string[];
}

/** The words of a text; one space at its beginning or end separates it from its neighbours and counts for nothing. */
function wordsOf(text: string): readonly string[] {
  const inner = text.replace(/^ /u, '').replace(/ $/u, '');
  return inner === '' ? [] : inner.split(' ');
}

/**
 * A tokenizer for a language of few words, separated by one space each: every word is a token. It refuses other words, since
 * there is nothing that could stand for them.
 * @throws TokenizerError for a list of words that can't be used
 */
export function wordTokenizer({ words, start, end, specials = [] }: WordTokenizerOptions): Tokenizer {
  const ids = new Map(words.map((word, id) => [word, id]));
  const unfit = words.find((word) => word === '' || word.includes(' '));
  if (unfit !== undefined) throw new TokenizerError(`"${unfit}" can't be a word of a vocabulary: it is empty or has a space.`);
  if (ids.size < words.length) {
    const twice = words.find((word, id) => ids.get(word) !== id);
    throw new TokenizerError(`The word "${twice}" stands in the vocabulary twice.`);
  }
  const idOf = (word: string): number => {
    const id = ids.get(word);
    if (id !== undefined) return id;
    throw new TokenizerError(
      word === ''
        ? 'The text has spaces side by side; its words are separated by one space each.'
        : `The word "${word}" is none of the vocabulary's ${words.length} words.`,
    );
  };
  const around = { before: start === undefined ? [] : [start], behind: end === undefined ? [] : [end] };
  const withoutText = new Set([...specials, ...around.before, ...around.behind]);
  for (const special of withoutText) idOf(special);
  const [before, behind] = [around.before.map(idOf), around.behind.map(idOf)];

  return {
    size: words.length,
    idOf: (token) => ids.get(token),
    tokenOf: (id) => words[id],
    encode: (text, { specials: isMarked = true, atMost = Infinity, whenLonger = 'refuse', asPlainText = false } = {}) => {
      const found = wordsOf(wellFormedText(text));
      const special = asPlainText ? found.find((word) => withoutText.has(word)) : undefined;
      if (special !== undefined) throw new TokenizerError(`"${special}" stands for no text, so it can't be written as text.`);
      const inner = found.map(idOf);
      const [front, back] = isMarked ? [before, behind] : [[], []];
      const room = atMost - front.length - back.length;
      if (inner.length <= room) return [...front, ...inner, ...back];
      if (whenLonger === 'refuse' || room < 0) throw new TextTooLong(inner.length + front.length + back.length, atMost);
      return [...front, ...inner.slice(0, room), ...back];
    },
    decode: (sequence, { specials: written = false } = {}) => {
      const found: string[] = [];
      for (const id of sequence) {
        const word = words[id];
        if (word === undefined) {
          throw new TokenizerError(`The token id ${id} lies outside the vocabulary, whose ids go from 0 to ${words.length - 1}.`);
        }
        if (written || !withoutText.has(word)) found.push(word);
      }
      return found.join(' ');
    },
  };
}

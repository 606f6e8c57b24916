/** A token that is looked for in the text before anything else is done with it. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Whether it is one of the tokens that are no text: start, end, mask. */
  readonly special: boolean;
  /** Whether it is found only where no letter or digit touches it. */
  readonly singleWord: boolean;
  /** Whether it takes the white space on its left with it. */
  readonly takesLeft: boolean;
  readonly takesRight: boolean;
}

/** A token that is no text and stands in the vocabulary from the start: it is found wherever it is written. */
export function reservedToken(content: string, id: number): AddedToken {
  return { id, content, special: true, singleWord: false, takesLeft: false, takesRight: false };
}

/** A piece of a text: an added token, or text for the model. */
export type Piece = { readonly id: number } | { readonly text: string; readonly start: number };

/** Cuts a text at the added tokens in it; with `asPlainText` special ones are text like any other. */
export type CutAtTokens = (text: string, asPlainText: boolean) => readonly Piece[];

const wordCharacter = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]';
const endsWithWord = new RegExp(`${wordCharacter}$`, 'u');
const startsWithWord = new RegExp(`^${wordCharacter}`, 'u');

/** Finds added tokens, the leftmost first and there the longest. Source: huggingface/tokenizers, added_vocabulary.rs. */
export function cutAtTokens(tokens: readonly AddedToken[]): CutAtTokens {
  const byContent = new Map(tokens.filter(({ content }) => content !== '').map((token) => [token.content, token]));
  if (byContent.size === 0) return (text) => (text === '' ? [] : [{ text, start: 0 }]);
  const longestFirst = [...byContent.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escaped).join('|'), 'gu');
  return (text, asPlainText) => {
    const pieces: Piece[] = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const token = byContent.get(match[0]);
      if (!token || match.index < end || (asPlainText && token.special)) continue;
      const before = text.slice(0, match.index);
      const behind = text.slice(match.index + match[0].length);
      if (token.singleWord && (endsWithWord.test(before.slice(-2)) || startsWithWord.test(behind))) continue;
      const start = token.takesLeft ? Math.max(end, before.length - spaceAtEnd(before)) : before.length;
      if (start > end) pieces.push({ text: text.slice(end, start), start: end });
      pieces.push({ id: token.id });
      end = match.index + match[0].length + (token.takesRight ? spaceAtStart(behind) : 0);
    }
    if (end < text.length) pieces.push({ text: text.slice(end), start: end });
    return pieces;
  };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const isSpace = (character: string | undefined): boolean => character !== undefined && /^\p{White_Space}$/u.test(character);

function spaceAtStart(text: string): number {
  let count = 0;
  while (isSpace(text[count])) count += 1;
  return count;
}

function spaceAtEnd(text: string): number {
  let count = 0;
  while (isSpace(text[text.length - 1 - count])) count += 1;
  return count;
}

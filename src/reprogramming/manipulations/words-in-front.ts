import type { LanguageManipulation, Words } from '../language/types.ts';

/** Words that join what a language model reads; nothing in them is learned. */
export function wordsInFront(words: Words): LanguageManipulation {
  return { site: { location: 'input' }, parameters: {}, action: { operator: 'concatenative', words } };
}

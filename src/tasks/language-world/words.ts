/** The lower-case letters of the language, in their order; the last is followed by the first. */
export const letters: readonly string[] = [...'abcdefghijkl'];

export const digits: readonly string[] = [...'0123456789'];

/** The named operations: which positions of a word of three letters they take, one after another. */
export const operations: readonly { readonly name: string; readonly positions: readonly number[]; readonly synonym?: string }[] = [
  { name: 'copy', positions: [0, 1, 2], synonym: 'same' },
  { name: 'rev', positions: [2, 1, 0], synonym: 'flip' },
  { name: 'rotl', positions: [1, 2, 0], synonym: 'rollleft' },
  { name: 'rotr', positions: [2, 0, 1] },
  { name: 'swap', positions: [1, 0, 2], synonym: 'exchange' },
  { name: 'swapend', positions: [0, 2, 1] },
  { name: 'first', positions: [0], synonym: 'initial' },
  { name: 'mid', positions: [1] },
  { name: 'last', positions: [2], synonym: 'final' },
  { name: 'ends', positions: [0, 2] },
  { name: 'head', positions: [0, 1] },
  { name: 'tail', positions: [1, 2] },
  { name: 'dupf', positions: [0, 0] },
  { name: 'dupl', positions: [2, 2] },
  { name: 'trip', positions: [0, 0, 0] },
];

/** What a document of the language begins with. */
export const startWord = '<s>';

/** What fills the end of a text that is shorter than its neighbours. */
export const paddingWord = '<pad>';

const synonyms = operations.flatMap(({ synonym }) => (synonym === undefined ? [] : [synonym]));

/** All words of the language; the place of a word is its number. */
export const words: readonly string[] = [
  paddingWord,
  startWord,
  ...[';', '>', ':', '=', ',', '+', 'upper', 'next', 'map', 'parity', 'add', 'think', 'answer', 'so'],
  ...operations.map(({ name }) => name),
  ...synonyms,
  ...letters,
  ...letters.map((letter) => letter.toUpperCase()),
  ...digits,
];

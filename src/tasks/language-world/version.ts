/** Names the language: raised whenever its words, its documents or its questions change. */
export const languageVersion = 'language/1';

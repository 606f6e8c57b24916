export { languageDocument, wordNumber } from './documents.ts';
export type { DocumentKind, LanguageDocument } from './documents.ts';
export { languageDigest } from './language-digest.ts';
export { languageVersion } from './version.ts';
export { words as languageWords } from './words.ts';

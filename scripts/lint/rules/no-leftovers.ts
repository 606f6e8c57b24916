import { findLines, type Rule } from '../rule.ts';

// Spelt in pieces, so that this file does not find itself.
const markers = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'];
const pattern = new RegExp(`\\b(${markers.join('|')})\\b`);

/** What is left to do stands in the tracker. */
export const noLeftoversRule: Rule = {
  name: 'no-leftovers',
  promise: 'no file carries a note of unfinished work',
  appliesTo: (path) => /\.(ts|mjs|astro|css|yaml|md)$/.test(path),
  check: (source) => findLines(source, pattern, (found) => `${found}: do it or file it`),
};

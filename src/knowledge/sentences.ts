/** A sentence's stretch of a text, the end not included. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
}

/** Words with a full stop that ends no sentence. */
const abbreviations = new Set(
  `al approx art assoc c ca cf ch chap col cor def dept diff dr ed eds e.g eg eq eqn eqs esp est et ex exp fig figs ff ibid i.e ie
  incl inst jr lem lit max min mr mrs ms no nos nr op p para pp prof prop pt q.v ref refs resp sec sect ser sr st supp tab thm
  trans univ v.s viz vol vols vs w.r.t wrt`.split(/\s+/),
);
/** Abbreviations after which a sentence may end: a capital letter then starts the next one. */
const mayEnd = new Set(['etc', 'inc', 'ltd', 'co', 'a.k.a']);

const space = /\s*/y;
const mark = /[.!?…]+["'”’»)\]*_]*(?=\s|$)/g;

/** Whether the full stop at `at` belongs to the word before it. */
function isAbbreviation(text: string, at: number, next: string): boolean {
  const [word = ''] = /[\p{L}\p{N}.-]*$/u.exec(text.slice(Math.max(0, at - 20), at)) ?? [];
  const bare = word.replace(/^[^\p{L}\p{N}]+/u, '').toLowerCase();
  if (abbreviations.has(bare)) return !(bare === 'no' && /^\p{Lu}/u.test(next));
  if (mayEnd.has(bare)) return false;
  if (!/^\p{Lu}$/u.test(word)) return false;
  // One capital letter: an initial where a name goes before it, such as "Quoc V. Le", or nothing does.
  const [before = ''] = /\S*\s*$/.exec(text.slice(Math.max(0, at - 40), at - 1)) ?? [];
  return before.trim() === '' || /^(?:\p{Lu}\p{Ll}+|\p{Lu}\.)\s+$/u.test(before);
}

/**
 * The sentences of a paragraph. A mark ends one where a space follows, and then something that doesn't start with a small
 * letter; not after "et al.", "e.g." and the like, nor after the initial of a name.
 */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  const add = (end: number): void => {
    const piece = text.slice(start, end);
    const from = piece.search(/\S/);
    if (from >= 0) sentences.push({ start: start + from, end: start + piece.trimEnd().length });
    start = end;
  };
  for (const { 0: sign, index } of text.matchAll(mark)) {
    const end = index + sign.length;
    space.lastIndex = end;
    space.test(text);
    const next = text.slice(space.lastIndex, space.lastIndex + 2);
    if (next === '') break;
    if (/^\p{Ll}/u.test(next)) continue;
    if (/^\.["'”’»)\]*_]*$/.test(sign) && isAbbreviation(text, index, next)) continue;
    add(end);
  }
  add(text.length);
  return sentences;
}

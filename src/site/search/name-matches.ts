import { editDistance } from './edit-distance.ts';
import { namings, startOf } from './name-files.ts';
import type { NameFile, NameTarget, Naming } from './name-files.ts';
import { nameKey, nameWords } from './name-key.ts';

/** How a query meets a name: it says all of it, nearly all of it, its beginning, or has it among its words. */
export type Meeting = 'whole' | 'near' | 'begun' | 'part';

/** A page whose name the query meets. */
export interface NameMatch {
  readonly target: NameTarget;
  /** The words that matched: its name, another name of it, or what others call it. */
  readonly words: string;
  readonly naming: Naming;
  readonly meeting: Meeting;
  /** 3 for a page's very name; a little more where it is called so in two ways. */
  readonly strength: number;
}

/** A name file with the keys of its rows. */
export interface KeyedNames {
  readonly file: NameFile;
  readonly keys: readonly string[];
}

export const keyed = (file: NameFile): KeyedNames => ({ file, keys: file.rows.map(([words]) => nameKey(words)) });

/** What each sort of name weighs in each meeting. */
const strengths: Readonly<Record<Naming, Readonly<Record<Meeting, number>>>> = {
  name: { whole: 3, near: 1.8, begun: 1.2, part: 1.2 },
  alias: { whole: 2.6, near: 1.5, begun: 0.9, part: 0.6 },
  term: { whole: 2, near: 1.2, begun: 0.6, part: 0.3 },
  class: { whole: 3, near: 0, begun: 0, part: 0 },
  author: { whole: 0, near: 0, begun: 0, part: 0 },
};
/** What each further target of one name loses, so that the order in which they are listed stays; how many count at all. */
const perPlace = 0.15;
const targetsOf: Readonly<Record<Meeting, number>> = { whole: 12, near: 2, begun: 2, part: 1 };
const perSlip = 0.25;
/** What of a second name's strength a page gets beside its best. */
const second = 0.5;

/** How many slips a word of this length may have and still be meant. */
export const slipsOf = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2);

/** How the names start that a query may say: as a whole, as one of its words, or from its second letter on, since the first two may be swapped. */
export function startsOfQuery(query: string): readonly string[] {
  const key = nameKey(query);
  return [...new Set([key, key.slice(1), ...nameWords(query)].filter((word) => word !== '').map(startOf))];
}

/** Runs of up to five words of the query, the query itself left out: “what is chain of thought” holds the name “chain of thought”. */
function partsOf(words: readonly string[]): ReadonlySet<string> {
  const runs = words.flatMap((_, i) => Array.from({ length: Math.min(5, words.length - i) }, (_, n) => words.slice(i, i + n + 1)));
  return new Set(runs.filter((run) => run.length < words.length).map((run) => run.join('')).filter((part) => part.length > 2));
}

/** Among other words a single everyday word names nothing: “images” or “Frozen” do by themselves alone. */
const standsOut = (words: string): boolean => /\d|\p{Lu}.*\p{Lu}/u.test(words) || nameWords(words).length > 1;

/** How a query meets the name with the key `own`, and how much of the meeting's weight it gets, slips aside. */
function meet(key: string, parts: ReadonlySet<string>, own: string): { readonly meeting: Meeting; readonly share: number; readonly slips: number } | undefined {
  if (own === key) return { meeting: 'whole', share: 1, slips: 0 };
  if (key.length > 1 && own.startsWith(key)) return { meeting: 'begun', share: 0.5 + (0.5 * key.length) / own.length, slips: 0 };
  const most = slipsOf(Math.min(key.length, own.length));
  const slips = most === 0 ? 1 : editDistance(key, own, most);
  if (slips <= most) return { meeting: 'near', share: 1, slips };
  if (parts.has(own)) return { meeting: 'part', share: 0.4 + (0.6 * own.length) / key.length, slips: 0 };
  return undefined;
}

/** The pages that a query names, the strongest first, each once. Names that are nearly said count only where none is said whole. */
export function nameMatches(query: string, names: readonly KeyedNames[]): readonly NameMatch[] {
  const key = nameKey(query);
  if (key === '') return [];
  const parts = partsOf(nameWords(query));
  const found = names.flatMap(({ file, keys }) =>
    file.rows.flatMap(([words, place, to], i): NameMatch[] => {
      const met = meet(key, parts, keys[i] ?? '');
      const naming = namings[place] ?? 'author';
      if (met?.meeting === 'part' && !standsOut(words)) return [];
      if (!met || strengths[naming][met.meeting] === 0) return [];
      const strength = strengths[naming][met.meeting] * met.share - met.slips * perSlip;
      return to.slice(0, targetsOf[met.meeting]).flatMap((index, n) => {
        const target = file.to[index];
        return target ? [{ target, words, naming, meeting: met.meeting, strength: strength - n * perPlace }] : [];
      });
    }),
  );
  const said = found.some(({ meeting }) => meeting === 'whole');
  const best = new Map<string, NameMatch>();
  for (const match of found.toSorted((a, b) => b.strength - a.strength)) {
    const before = best.get(match.target[1]);
    if (said && match.meeting === 'near') continue;
    if (!before) best.set(match.target[1], match);
    else if (before.meeting === 'whole' && match.meeting === 'whole' && before.naming !== match.naming) {
      best.set(match.target[1], { ...before, strength: before.strength + second * match.strength });
    }
  }
  return [...best.values()].toSorted((a, b) => b.strength - a.strength);
}

/** What a likeness in one word of a name stands behind a likeness of the whole. */
const ofPart = 0.05;

/** The names that look most like the query, as a whole or in one of their words, authors' family names included: what to try where nothing was found. */
export function nearestNames(query: string, names: readonly KeyedNames[], atMost: number): readonly string[] {
  const key = nameKey(query);
  const near = names.flatMap(({ file, keys }) =>
    file.rows.flatMap(([words, place], i) => {
      if (namings[place] === 'class') return [];
      const shares = [keys[i] ?? '', ...nameWords(words)].flatMap((own, part) => {
        const longest = Math.max(key.length, own.length);
        const most = Math.max(1, Math.floor(longest / 3));
        const slips = editDistance(key, own, most);
        return slips > most ? [] : [slips / longest + (part === 0 ? 0 : ofPart)];
      });
      return shares.length > 0 ? [{ words, share: Math.min(...shares) }] : [];
    }),
  );
  return [...new Set(near.toSorted((a, b) => a.share - b.share).map(({ words }) => words))].slice(0, atMost);
}

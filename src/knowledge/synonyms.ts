import type { Catalogue } from './catalogue.ts';
import type { EntryKind } from './entry.ts';

/** An entry of the catalogue by its folder and name. */
export interface EntryRef {
  readonly kind: EntryKind;
  readonly id: string;
}

/** A word under which people look for something, with the entries that they may mean, the likeliest first. */
export interface Synonym {
  readonly word: string;
  /** alias: an entry's own other name; term: what some community calls it, by the map between vocabularies. */
  readonly as: 'alias' | 'term';
  readonly entries: readonly EntryRef[];
}

/** The entries that one word leads to: of each meaning its own list, then the concepts that explain it, then the page whose map it stands in. */
interface Meanings {
  readonly word: string;
  readonly lists: (readonly EntryRef[])[];
  readonly concepts: EntryRef[];
  readonly maps: EntryRef[];
}

const folded = (word: string): string => word.toLowerCase().replace(/\s+/g, ' ').trim();

/** The first of each list, then the second of each, and so on. */
function inTurn(lists: readonly (readonly EntryRef[])[]): readonly EntryRef[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
}

/** Each entry once, where it comes first. */
function unique(entries: readonly EntryRef[]): readonly EntryRef[] {
  return [...new Map(entries.toReversed().map((entry) => [`${entry.kind}/${entry.id}`, entry])).values()].toReversed();
}

function meaningsIn(rows: Map<string, Meanings>, word: string): Meanings {
  const row = rows.get(folded(word)) ?? { word, lists: [], concepts: [], maps: [] };
  rows.set(folded(word), row);
  return row;
}

/**
 * All words other than names under which entries are looked for: the `aliases` of methods and concepts, and the `terms` that concept pages
 * carry as a map between vocabularies. Where a word has several meanings (a visual prompt has five) each meaning gives its first entry before
 * any gives its second.
 */
export function synonymsOf({ methods, concepts }: Pick<Catalogue, 'methods' | 'concepts'>): readonly Synonym[] {
  const aliases = new Map<string, Meanings>();
  const terms = new Map<string, Meanings>();
  for (const [kind, entries] of [['methods', methods], ['concepts', concepts]] as const) {
    for (const { data } of entries) for (const word of data.aliases ?? []) meaningsIn(aliases, word).lists.push([{ kind, id: data.id }]);
  }
  for (const { data } of concepts) {
    for (const { term, methods: ids = [], concept } of data.terms ?? []) {
      const row = meaningsIn(terms, term);
      row.lists.push(ids.map((id) => ({ kind: 'methods', id })));
      if (concept !== undefined) row.concepts.push({ kind: 'concepts', id: concept });
      row.maps.push({ kind: 'concepts', id: data.id });
    }
  }
  const synonyms = (rows: ReadonlyMap<string, Meanings>, as: Synonym['as']): readonly Synonym[] =>
    [...rows.values()].map(({ word, lists, concepts, maps }) => ({ word, as, entries: unique([...inTurn(lists), ...concepts, ...maps]) }));
  return [...synonyms(aliases, 'alias'), ...synonyms(terms, 'term')];
}

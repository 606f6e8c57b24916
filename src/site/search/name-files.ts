import type { Synonym } from '../../knowledge/index.ts';
import { classCode } from './class-code.ts';
import { nameKey } from './name-key.ts';
import type { SearchKind, SearchRecord } from './search-record.ts';

/** How a row's words name what they lead to; a class is a cell's four values, an author leads nowhere and is only suggested. */
export const namings = ['name', 'alias', 'term', 'class', 'author'] as const;
export type Naming = (typeof namings)[number];

/** A page that a name leads to: kind, path, title, its id in the index of texts and, for a method with a class, the code of its class. */
export type NameTarget = readonly [kind: SearchKind, path: string, title: string, id: string, of?: string];

/** A name, what sort of name it is (a place in `namings`) and the places of its targets in the file's list. */
export type NameRow = readonly [words: string, naming: number, to: readonly number[]];

/** All names that start with one letter, or with two. */
export interface NameFile {
  readonly to: readonly NameTarget[];
  readonly rows: readonly NameRow[];
}

/** A letter with so many names that each pair of letters has a file of its own; the second letters of those that there are. */
export interface SplitNames {
  readonly split: readonly string[];
}

export const isSplit = (file: NameFile | SplitNames): file is SplitNames => 'split' in file;

/** The letters that have a file; whatever starts otherwise stands in `_`. */
export const nameLetters: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz0123456789_'];

/** The first two letters of a key as the files are named. */
export const startOf = (key: string): string => key.slice(0, 2).replace(/[^a-z0-9]/g, '_');

/** More names than this make a file too large: it would be more than 12 KB. */
const mostRows = 700;

/** What people call a thing whose title says more: what stands before a bracket, a colon or a comma, and a closing symbol by itself. */
export function shortForms(title: string): readonly string[] {
  const cut = /^(.{3,}?)(?: \(|: |, )/.exec(title)?.[1];
  const symbol = /^(.{3,}) (\p{Script=Greek}|ℓ)$/u.exec(title);
  return [...(cut === undefined ? [] : [cut]), ...(symbol ? [symbol[1] ?? '', symbol[2] ?? ''] : [])];
}

interface Named {
  readonly words: string;
  readonly naming: Naming;
  readonly targets: readonly SearchRecord[];
}

const familyName = (author: string): string => author.split(' ').at(-1) ?? author;

function namesOf(records: readonly SearchRecord[], synonyms: readonly Synonym[]): readonly Named[] {
  const byPath = new Map(records.map((record) => [record.path, record]));
  const own = records.flatMap((record): Named[] => {
    if (record.kind === 'cell') return [{ words: record.title, naming: 'class', targets: [record] }];
    const slug = record.path.split('/').filter(Boolean).at(-1) ?? '';
    const short = shortForms(record.title);
    const named = (words: string, naming: Naming): Named => ({ words, naming, targets: [record] });
    return [
      named(record.title, 'name'),
      ...short.map((words) => named(words, 'name')),
      ...record.aliases.map((words) => named(words, 'alias')),
      named(slug.replaceAll('-', ' '), 'alias'),
    ];
  });
  const terms = synonyms
    .filter(({ as }) => as === 'term')
    .map(({ word, entries }): Named => ({ words: word, naming: 'term', targets: entries.flatMap(({ kind, id }) => byPath.get(`${kind}/${id}/`) ?? []) }));
  const authors = new Set(records.flatMap((record) => record.authors.map(familyName)).filter((name) => name.length > 3 && name !== 'others'));
  return [...own, ...terms, ...[...authors].map((words): Named => ({ words, naming: 'author', targets: [] }))];
}

type Row = Named & { readonly key: string };

/** Rows as a file, each page in it once. */
function fileOf(rows: readonly Row[], idOf: (path: string) => string): NameFile {
  const places = new Map<string, number>();
  const to: NameTarget[] = [];
  const placeOf = ({ kind, path, title, of }: SearchRecord): number => {
    const place = places.get(path) ?? to.length;
    if (place === to.length) to.push(of ? [kind, path, title, idOf(path), classCode(of)] : [kind, path, title, idOf(path)]);
    places.set(path, place);
    return place;
  };
  return { rows: rows.map(({ words, naming, targets }): NameRow => [words, namings.indexOf(naming), targets.map(placeOf)]), to };
}

/** Leaves out what says the same of the same page as a row before it; terms and authors have one row each anyway. */
function withoutRepeats(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    if (row.naming === 'term' || row.naming === 'author') return row.targets.length > 0 || row.naming === 'author' ? [row] : [];
    const targets = row.targets.filter(({ path }) => !seen.has(`${row.key} ${path}`));
    for (const { path } of targets) seen.add(`${row.key} ${path}`);
    return targets.length > 0 ? [{ ...row, targets }] : [];
  });
}

/**
 * The names of all records by first letter, in files that stay small: the search loads those of a query's words, so that what it fetches doesn't grow
 * with the catalogue. Every letter has a file; one with many names is split by the second. `idOf` gives a page's id in the index of texts.
 */
export function nameFiles(
  records: readonly SearchRecord[],
  synonyms: readonly Synonym[],
  idOf: (path: string) => string,
): ReadonlyMap<string, NameFile | SplitNames> {
  const rows = withoutRepeats(namesOf(records, synonyms).map((named) => ({ ...named, key: nameKey(named.words) }))).filter(({ key }) => key !== '');
  const byLetter = Map.groupBy(rows, ({ key }) => startOf(key).slice(0, 1));
  return new Map(
    nameLetters.flatMap((letter): [string, NameFile | SplitNames][] => {
      const own = byLetter.get(letter) ?? [];
      if (own.length <= mostRows) return [[letter, fileOf(own, idOf)]];
      const pairs = Map.groupBy(own, ({ key }) => startOf(key));
      const files = [...pairs].map(([pair, some]): [string, NameFile] => [pair, fileOf(some, idOf)]);
      return [[letter, { split: [...pairs.keys()].map((pair) => pair.slice(1)) }], ...files];
    }),
  );
}

import { createHash } from 'node:crypto';
import { dimensions } from '../../taxonomy/index.ts';
import type { Dimension } from '../../taxonomy/index.ts';
import { families, listFormats, modalities, statedClass } from '../../knowledge/index.ts';
import type { MethodEntry } from '../../knowledge/index.ts';
import type { Columns, FacetWords } from '../islands/catalogue/columns.ts';
import { methods } from './entries.ts';
import { dimensionNames, isMeasured } from './methods.ts';

export interface FacetValue {
  /** Its name in addresses. */
  readonly value: string;
  readonly label: string;
  /** In a word, where there is little room. */
  readonly brief?: string;
  /** Abbreviation in dense tables. */
  readonly short?: string;
  /** What it means, in half a sentence. */
  readonly meaning?: string;
}

/** One way to divide the catalogue. */
export interface Facet extends FacetWords {
  readonly label: string;
  /** Letter of the formula. */
  readonly symbol?: string;
  readonly dimension?: Dimension;
  /** Whether an entry has a set of values. */
  readonly set: boolean;
  readonly options: readonly FacetValue[];
  /** Names of the values that an entry has. */
  readonly of: (entry: MethodEntry) => readonly string[];
  /** What is true of an entry with the value, as it follows "methods". */
  readonly phrase: (option: FacetValue) => string;
}

type Sketch = Omit<Facet, 'values' | 'modes'>;

const slug = (text: string): string => text.toLowerCase().replaceAll(' ', '-');

/** measured: a table has a number of it; implemented: its code is here; described: its entry alone. */
export function standingOf(entry: MethodEntry): 'measured' | 'implemented' | 'described' {
  if (isMeasured(entry)) return 'measured';
  return entry.implementation ? 'implemented' : 'described';
}

/** Abbreviation and colour come from the taxonomy: a dimension is a facet. */
const dimensionFacets: readonly Sketch[] = dimensionNames.map((dimension) => {
  const { symbol, values } = dimensions[dimension];
  return {
    id: dimension,
    label: dimension,
    symbol,
    dimension,
    set: true,
    options: Object.entries(values).map(([value, { short, meaning }]) => ({ value, label: value, short, meaning })),
    of: (entry) => entry[dimension] ?? [],
    phrase: ({ label }) => `with ${dimension} ${label}`,
  };
});

const yesOrNo = (id: string, label: string, yes: string, no: string, of: (entry: MethodEntry) => boolean): Sketch => ({
  id,
  label,
  set: false,
  options: [
    { value: 'yes', label: 'yes', meaning: yes },
    { value: 'no', label: 'no', meaning: no },
  ],
  of: (entry) => [of(entry) ? 'yes' : 'no'],
  phrase: ({ meaning }) => meaning ?? '',
});

const briefFamily: Readonly<Record<string, string>> = { PCA: 'Rivals' };

const sketches: readonly Sketch[] = [
  {
    id: 'family',
    label: 'family',
    set: false,
    options: Object.entries(families).map(([short, label]) => ({
      value: slug(short),
      label,
      brief: briefFamily[short] ?? label,
      short,
      meaning: label,
    })),
    of: ({ family }) => [slug(family)],
    phrase: ({ label }) => `of the family ${label.toLowerCase()}`,
  },
  ...dimensionFacets,
  {
    id: 'here',
    label: 'here',
    set: false,
    options: [
      { value: 'measured', label: 'measured', meaning: 'a table of this site has numbers of it' },
      { value: 'implemented', label: 'implemented', meaning: 'its code is here, no number yet' },
      { value: 'described', label: 'described', meaning: 'it has an entry, no code here' },
    ],
    of: (entry) => [standingOf(entry)],
    phrase: ({ label }) => `${label} here`,
  },
  {
    id: 'modality',
    label: 'modality',
    set: true,
    options: modalities.map((label) => ({ value: slug(label), label })),
    of: (entry) => entry.modalities.map(slug),
    phrase: ({ label }) => `for the modality ${label}`,
  },
  {
    id: 'year',
    label: 'year',
    set: false,
    options: [...new Set(methods.map(({ data }) => data.year))].sort((a, b) => a - b).map((year) => ({ value: String(year), label: String(year) })),
    of: ({ year }) => [String(year)],
    phrase: ({ label }) => `from ${label}`,
  },
  {
    id: 'source',
    label: 'class from',
    set: false,
    options: [
      { value: 'survey', label: 'the survey', meaning: "as the survey's authors list it" },
      { value: 'derived', label: 'this project', meaning: "derived here from the survey's definitions" },
      { value: 'none', label: 'no class', meaning: 'rivals have no class: they change weights, or no network at all' },
    ],
    of: ({ classification }) => [classification?.source ?? 'none'],
    phrase: ({ value, label }) => (value === 'none' ? 'without a class' : `classified by ${label}`),
  },
  yesOrNo('code', 'code', 'with code of its authors', 'without code of its authors', ({ code }) => code !== 'none found'),
  yesOrNo('memory', 'from memory', 'partly written from memory', 'written from sources alone', ({ recalled }) => recalled !== undefined),
  yesOrNo(
    'argued',
    'other reading',
    'with another reading of the class beside ours',
    'without another reading of the class',
    ({ classification }) => classification?.alsoArgued !== undefined,
  ),
];

/** Every facet, in the order of addresses and of the panel. */
export const facets: readonly Facet[] = sketches.map((sketch) => {
  const values = sketch.options.map(({ value }) => value);
  if (sketch.set && values.length > 30) throw new Error(`The facet ${sketch.id} has ${values.length} values; sets are stored as 30 bits.`);
  return { ...sketch, values, modes: sketch.set ? ['any', 'all', 'none'] : values.length > 2 ? ['any', 'none'] : ['any'] };
});

export const facetOf = (id: string): Facet => {
  const facet = facets.find((each) => each.id === id);
  if (!facet) throw new Error(`There is no facet ${id}.`);
  return facet;
};

const dimensionFacetsInOrder: readonly Facet[] = facets.filter(({ dimension }) => dimension !== undefined);

/** Every two different dimensions, each pair once. */
export const dimensionPairs: readonly (readonly [Facet, Facet])[] = dimensionFacetsInOrder.flatMap((one, i) =>
  dimensionFacetsInOrder.slice(i + 1).map((other): readonly [Facet, Facet] => [one, other]),
);

/** The page of a facet's value, or of a pair of values of two dimensions. */
export const facetPath = (...steps: readonly (readonly [facet: string, value: string])[]): string =>
  `methods/by/${steps.map(([facet, value]) => `${facet}/${value}/`).join('')}`;

const entries: readonly MethodEntry[] = methods.map(({ data }) => data);

/** By facet and value: the entries that have it, in the catalogue's order. */
const members: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<MethodEntry>>> = new Map(
  facets.map(({ id, values, of }) => {
    const own = new Map(values.map((value) => [value, new Set<MethodEntry>()]));
    for (const entry of entries) for (const value of of(entry)) own.get(value)?.add(entry);
    return [id, own];
  }),
);
const membersOf = ({ id }: Facet, value: string): ReadonlySet<MethodEntry> => members.get(id)?.get(value) ?? new Set();

/** Entries with all the values that are named, in the catalogue's order. */
export function entriesWith(first: readonly [facet: Facet, value: string], ...more: readonly (readonly [facet: Facet, value: string])[]): readonly MethodEntry[] {
  const others = more.map((step) => membersOf(...step));
  return [...membersOf(...first)].filter((entry) => others.every((own) => own.has(entry)));
}

/** How many entries have each value of a facet, beside its values. */
export function countsOf(facet: Facet): readonly number[] {
  return facet.values.map((value) => membersOf(facet, value).size);
}

/** The name of a class among the sigils of a page: `L-XE-AD-RA`; `none` where an entry has no class. */
export function classKey(entry: MethodEntry): string {
  if (!statedClass(entry)) return 'none';
  const shorts = dimensionFacetsInOrder.map(({ options, of }) => options.filter(({ value }) => of(entry).includes(value)).map(({ short }) => short));
  return shorts.map((each) => each.join('')).join('-');
}

/** Digest that files which belong together share. */
export const catalogueDigest = createHash('sha256').update(entries.map(({ id }) => id).join('\n')).digest('hex').slice(0, 16);

const bits = (values: readonly string[], own: readonly string[]): number =>
  values.reduce((sum, value, i) => (own.includes(value) ? sum | (1 << i) : sum), 0);

const venues = [...new Set(entries.map(({ venue }) => venue))];

/** The catalogue in columns. */
export const columns: Columns = {
  schema: 'atlas-facets/1',
  of: catalogueDigest,
  ids: entries.map(({ id }) => id),
  names: entries.map(({ name }) => name),
  venues: { values: venues, rows: entries.map(({ venue }) => venues.indexOf(venue)) },
  facets: facets.map(({ id, values, modes, set, options, of }) => ({
    id,
    values,
    modes,
    labels: options.map(({ label }) => label),
    ...(options.some(({ short }) => short) ? { shorts: options.map(({ short }) => short ?? '') } : {}),
    set,
    rows: entries.map((entry) => (set ? bits(values, of(entry)) : values.indexOf(of(entry)[0] ?? ''))),
  })),
};

/** How many entries the catalogue's page lists without a script. */
export const staticRows = entries.length > 1000 ? 500 : 1000;

/** The letter under which an entry stands where the catalogue is too long for one page. */
export function initialOf({ name }: MethodEntry): string {
  const first = name.normalize('NFKD').slice(0, 1).toLowerCase();
  return /[a-z]/.test(first) ? first : '0-9';
}

/** First letters that have a page of their own; none while one page lists all. */
export const initials: readonly string[] = entries.length > staticRows ? [...new Set(entries.map(initialOf))].sort() : [];

/** What a list of methods can be taken away as: the ending of the file, and its name. */
export const listFormatLabels: readonly (readonly [ending: string, label: string])[] = Object.entries(listFormats).map(([ending, { label }]) => [ending, label]);

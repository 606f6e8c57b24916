import { readContentFolder } from '../../src/knowledge/index.node.ts';
import { parseCatalogue } from '../../src/knowledge/index.ts';
import type { MethodEntry } from '../../src/knowledge/index.ts';
import { content, readPage } from './built-site.ts';

const name = (text: string): string => text.toLowerCase().replaceAll(' ', '-');

/** What each facet says of an entry, written a second time; what is here is read from the entry's row. */
const facets: Readonly<Record<string, (entry: MethodEntry, here: string) => readonly string[]>> = {
  family: ({ family }) => [name(family)],
  configuration: ({ configuration }) => configuration ?? [],
  location: ({ location }) => location ?? [],
  operator: ({ operator }) => operator ?? [],
  alignment: ({ alignment }) => alignment ?? [],
  here: (_, here) => [here],
  modality: ({ modalities }) => modalities.map(name),
  year: ({ year }) => [String(year)],
  source: ({ classification }) => [classification?.source ?? 'none'],
  code: ({ code }) => [code === 'none found' ? 'no' : 'yes'],
  memory: ({ recalled }) => [recalled ? 'yes' : 'no'],
  argued: ({ classification }) => [classification?.alsoArgued ? 'yes' : 'no'],
};

export interface PlainEntry {
  readonly entry: MethodEntry;
  /** By facet: the names of its values in addresses. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** The catalogue as its content says it, in the order of the page. */
export function plainCatalogue(): readonly PlainEntry[] {
  const entries = new Map(parseCatalogue(readContentFolder(content)).methods.map(({ data }) => [data.id, data]));
  return readPage('/methods/').html.querySelectorAll('tbody[data-id]').flatMap((row) => {
    const entry = entries.get(row.getAttribute('data-id') ?? '');
    if (!entry) return [];
    const here = row.querySelector('.here-cell')?.text ?? '';
    return [{ entry, values: Object.fromEntries(Object.entries(facets).map(([id, of]) => [id, of(entry, here)])) }];
  });
}

/** The facets of an address applied in the plainest way; words and picks are left out. */
export function plainlyFiltered(all: readonly PlainEntry[], query: string): readonly PlainEntry[] {
  const asked = new URLSearchParams(query);
  return all.filter(({ values }) =>
    Object.entries(values).every(([id, own]) => {
      const wanted = asked.get(id)?.split(',');
      if (!wanted) return true;
      const shared = wanted.filter((value) => own.includes(value)).length;
      const mode = asked.get(`${id}.mode`) ?? 'any';
      return mode === 'all' ? shared === wanted.length : (shared > 0) === (mode === 'any');
    }),
  );
}

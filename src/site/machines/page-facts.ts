import { dimensions } from '../../taxonomy/index.ts';
import { families, statedClass } from '../../knowledge/index.ts';
import type { MethodEntry, Work } from '../../knowledge/index.ts';
import { href } from '../address.ts';
import { concepts, methods, papers, works } from '../data/entries.ts';
import { publications } from '../data/publications.ts';
import { siteConfig } from '../data/site-config.ts';
import { tables } from '../data/tables.ts';
import type { DataDownload, Dataset, DefinedTerm, DefinedTermSet, JsonLd, Organization, Person, ScholarlyArticle, WebPage } from './json-ld.ts';
import { siteAddress } from './site-address.ts';

/** Another form of a page, for programs. */
export interface Alternate {
  readonly type: string;
  readonly title: string;
  readonly path: string;
}

/** What programs are told of a page beyond its title and description. */
export interface PageFacts {
  /** What the page adds to the description of itself as a page. */
  readonly page: Partial<Pick<WebPage, '@type' | 'dateModified' | 'keywords' | 'mainEntity' | 'about' | 'citation' | 'license'>>;
  /** Things that the page describes. */
  readonly things: readonly JsonLd[];
  readonly alternates: readonly Alternate[];
}

export const textLicence = 'https://creativecommons.org/licenses/by/4.0/';
export const makers: Organization = { '@type': 'Organization', name: 'The Reprogrammability Atlas contributors' };

const persons = (names: readonly string[]): readonly Person[] =>
  names.filter((name) => name !== 'others').map((name) => ({ '@type': 'Person', name }));

function article({ title, authors, year, venue, doi, arxiv, address }: Work): ScholarlyArticle {
  const identifier = [
    ...(doi === undefined ? [] : [{ '@type': 'PropertyValue', propertyID: 'DOI', value: doi } as const]),
    ...(arxiv === undefined ? [] : [{ '@type': 'PropertyValue', propertyID: 'arXiv', value: arxiv } as const]),
  ];
  return {
    '@type': 'ScholarlyArticle',
    name: title,
    author: persons(authors),
    ...(year === undefined ? {} : { datePublished: String(year) }),
    ...(venue === undefined ? {} : { isPartOf: { '@type': 'PublicationIssue', name: venue } }),
    ...(identifier.length === 0 ? {} : { identifier }),
    ...(address === undefined ? {} : { sameAs: address }),
  };
}

const articlesOf = (keys: readonly string[]): readonly ScholarlyArticle[] =>
  keys.flatMap((key) => {
    const work = works.get(key);
    return work ? [article(work)] : [];
  });

const termSet = (folder: string, name: string): DefinedTermSet => ({
  '@type': 'DefinedTermSet',
  '@id': `${siteAddress(`${folder}/`)}#terms`,
  name,
  url: siteAddress(`${folder}/`),
});
const sets = { methods: termSet('methods', 'Methods that adapt a frozen network'), concepts: termSet('concepts', 'The framework of reprogrammability') };

function term(folder: keyof typeof sets, id: string, name: string, description: string, aliases: readonly string[] = []): DefinedTerm {
  return {
    '@type': 'DefinedTerm',
    '@id': `${siteAddress(`${folder}/${id}/`)}#term`,
    name,
    description,
    ...(aliases.length === 0 ? {} : { alternateName: aliases }),
    inDefinedTermSet: sets[folder],
  };
}

function keywordsOf(entry: MethodEntry): readonly string[] {
  const of = statedClass(entry);
  return [families[entry.family], ...(of ? Object.values(of).flat() : []), ...entry.modalities];
}

const download = (name: string, encodingFormat: string, path: string): DataDownload => ({
  '@type': 'DataDownload',
  name,
  encodingFormat,
  contentUrl: siteAddress(path),
});

const catalogue: Dataset = {
  '@type': 'Dataset',
  '@id': `${siteAddress('data/')}#dataset`,
  name: 'Catalogue and records of the Reprogrammability Atlas',
  description:
    'Methods that adapt a frozen network without training it, classified by configuration, location, operator and alignment, with the records of a benchmark that reruns them.',
  url: siteAddress('data/'),
  license: textLicence,
  creator: makers,
  version: siteConfig.version,
  isAccessibleForFree: true,
  citation: articlesOf(['ye2025reprogrammability']),
  distribution: publications.map(({ title, type, path }) => download(title, type, path)),
};

function byId<T extends { readonly data: { readonly id: string } }>(entries: readonly T[]): ReadonlyMap<string, T['data']> {
  return new Map(entries.map(({ data }) => [data.id, data]));
}
const found = { methods: byId(methods), concepts: byId(concepts), papers: byId(papers) };

const familyFeeds = Object.entries(families).map(([family, label]) => ({
  type: 'application/atom+xml',
  title: `${label}: entries`,
  path: `feed/${family.toLowerCase()}.xml`,
}));

const nothing: PageFacts = { page: {}, things: [], alternates: [] };

/** By the folder of the page; each finds an entry by its id. */
const kinds: Readonly<Record<string, (id: string) => PageFacts | undefined>> = {
  methods(id) {
    const data = found.methods.get(id);
    if (data === undefined) return undefined;
    const thing = term('methods', id, data.name, data.summary, data.aliases);
    const cited = articlesOf([data.paper]);
    return {
      page: {
        '@type': 'ItemPage',
        dateModified: data.reviewed,
        keywords: keywordsOf(data),
        mainEntity: { '@id': thing['@id'] },
        citation: cited,
        license: textLicence,
      },
      things: [thing],
      alternates: [{ type: 'application/x-bibtex', title: `BibTeX of ${data.name}`, path: `methods/${id}/${id}.bib` }],
    };
  },
  concepts(id) {
    const data = found.concepts.get(id);
    if (data === undefined) return undefined;
    const symbol = data.dimension === undefined || data.value !== undefined ? {} : { termCode: dimensions[data.dimension].symbol };
    const thing = { ...term('concepts', id, data.title, data.summary, data.aliases), ...symbol };
    return {
      page: { '@type': 'ItemPage', dateModified: data.reviewed, mainEntity: { '@id': thing['@id'] }, license: textLicence },
      things: [thing],
      alternates: [],
    };
  },
  papers(id) {
    const data = found.papers.get(id);
    if (data === undefined) return undefined;
    return {
      page: {
        dateModified: data.reviewed,
        about: articlesOf([data.paper]),
        citation: articlesOf(data.buildsOn.map(({ work }) => work)),
        license: textLicence,
      },
      things: [],
      alternates: [],
    };
  },
  results(id) {
    const table = tables.find((each) => each.id === id);
    if (table === undefined) return undefined;
    const dataset: Dataset = {
      '@type': 'Dataset',
      '@id': `${siteAddress(`results/${id}/`)}#dataset`,
      name: table.title,
      description: `${table.question} ${table.rows.length} methods and controls in ${table.columns.length} settings, with an interval and the records of its runs for each number.`,
      url: siteAddress(`results/${id}/`),
      license: textLicence,
      creator: makers,
      version: siteConfig.version,
      isAccessibleForFree: true,
      variableMeasured: [`${table.metric.label} (${table.metric.unit})`, ...new Set(table.columns.map(({ label }) => label))],
      measurementTechnique: 'Several runs that differ in their seed; mean with a 95 % interval; paired tests between rows',
      distribution: publications.filter(({ table: of }) => of === id).map(({ title, type, path }) => download(title, type, path)),
    };
    return { page: { mainEntity: { '@id': dataset['@id'] }, license: textLicence }, things: [dataset], alternates: [] };
  },
};

/** What programs are told of the page at a path such as `methods/vp/`. */
export function pageFacts(path: string): PageFacts {
  if (path === 'methods/') return { ...nothing, alternates: familyFeeds };
  if (path === 'data/') return { page: { mainEntity: { '@id': catalogue['@id'] } }, things: [catalogue], alternates: [] };
  const [, folder = '', id = ''] = /^([a-z]+)\/([^/]+)\/$/.exec(path) ?? [];
  return kinds[folder]?.(id) ?? nothing;
}

/** The path of a page without the base, from its address. */
export const pathOf = (pathname: string): string => pathname.slice(href('').length);

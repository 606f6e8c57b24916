import { bibtexChunks, BibtexError, placeInFile, placeOfField, readBibtexEntry } from './bibtex-entry.ts';
import type { BibtexChunk, BibtexEntry } from './bibtex-entry.ts';
import type { Rule } from './finding.ts';
import type { Position } from './front-matter.ts';
import { mendBibtex } from './mend-bibtex.ts';
import { nearest } from './nearest.ts';
import { titleKey } from './title-key.ts';

/** A cited work, as `content/references.bib` gives it. */
export interface Work {
  readonly key: string;
  readonly title: string;
  /** All names in order, given name first: `['Menglin Jia', …]`; `others` last where the rest is not known. */
  readonly authors: readonly string[];
  readonly familyNames: readonly string[];
  readonly year: number | undefined;
  readonly venue: string | undefined;
  readonly arxiv: string | undefined;
  readonly doi: string | undefined;
  /** Where to read it: the DOI's or arXiv's page, else the entry's own address. */
  readonly address: string | undefined;
  /** The entry's own text, for people who cite. */
  readonly bibtex: string;
  readonly position: Position;
}

/** One mistake in a bibliography. */
export interface BibliographyMistake {
  readonly rule: Extract<
    Rule,
    | 'bibtex-syntax'
    | 'missing-field'
    | 'wrong-value'
    | 'malformed-identifier'
    | 'malformed-address'
    | 'duplicate-work'
    | 'repeated-key'
  >;
  readonly position: Position;
  readonly found: string;
  readonly allowed: string;
  readonly suggestion?: string | undefined;
  /** The line as it could stand, where the suggestion in place of what was found doesn't give it. */
  readonly fixed?: string | null;
}

export interface Bibliography {
  readonly works: ReadonlyMap<string, Work>;
  /** Every key, those of entries that can't be read too. */
  readonly keys: ReadonlySet<string>;
  readonly mistakes: readonly BibliographyMistake[];
}

const types = [
  'article', 'inproceedings', 'misc', 'book', 'incollection', 'phdthesis', 'mastersthesis', 'techreport', 'online',
  'unpublished', 'proceedings', 'inbook', 'booklet', 'manual', 'software', 'dataset', 'thesis', 'report', 'conference',
];
const doiForm = /^10\.\d{4,9}\/\S+$/;
const arxivForm = /^\d{2}(0[1-9]|1[0-2])\.\d{4,5}(v\d+)?$|^[a-z-]+(\.[A-Z]{2})?\/\d{7}(v\d+)?$/;
const keyForm = /^[A-Za-z0-9][\w:.+/-]*$/;

type Report = (mistake: BibliographyMistake) => void;

/** Entry type, key, and what follows the closing bracket. */
function checkShape(chunk: BibtexChunk, report: Report): void {
  const { type, key, rest, text } = chunk;
  if (!types.includes(type)) {
    const position = placeInFile(chunk, text.indexOf('@') + 1);
    report({ rule: 'wrong-value', position, found: type, allowed: types.join(', '), suggestion: nearest(type, types) });
  }
  if (!keyForm.test(key)) {
    const position = placeInFile(chunk, Math.max(0, text.indexOf(key, text.search(/[{(]/) + 1)));
    const bare = key.normalize('NFKD').replace(/[^\w:.+/-]+/g, '');
    const allowed = 'a key of letters, digits and - _ : . + /, such as doe2024word';
    report({ rule: 'malformed-identifier', position, found: key, allowed, suggestion: bare === '' ? undefined : bare });
  }
  if (rest.trim() !== '') {
    const start = text.length + rest.search(/\S/);
    const position = placeInFile({ ...chunk, text: text + rest }, start);
    const found = rest.trim().split('\n')[0] ?? '';
    report({ rule: 'bibtex-syntax', position, found, allowed: 'nothing, or a comment that starts with %', fixed: '' });
  }
}

/** Fields that a reader needs. A line to add goes below the entry's first one. */
function checkMissing(chunk: BibtexChunk, fields: BibtexEntry['fields'], report: Report): void {
  const century = /^(\d{2})\d{2}\./.exec(fields['eprint'] ?? '')?.[1];
  const forms: Readonly<Record<string, string>> = {
    title: 'title = {…}',
    author: 'author = {Family, Given and Family, Given}',
    year: `year = {${century === undefined ? '…' : `20${century}`}}`,
  };
  for (const [field, form] of Object.entries(forms)) {
    if (fields[field]?.trim()) continue;
    const allowed = `a field "${field}"`;
    report({ rule: 'missing-field', position: placeInFile(chunk, 0), found: '', allowed, fixed: `  ${form},` });
  }
}

function checkFields(chunk: BibtexChunk, { doi, eprint, url, year }: BibtexEntry['fields'], report: Report): void {
  if (year !== undefined && !/^\d{4}$/.test(year.trim())) {
    const suggestion = /\b\d{4}\b/.exec(year)?.[0];
    report({ rule: 'wrong-value', position: placeOfField(chunk, 'year'), found: year, allowed: 'a year in four digits', suggestion });
  }
  if (doi !== undefined && !doiForm.test(doi)) {
    const suggestion = /10\.\d{4,9}\/\S+$/.exec(doi.trim())?.[0];
    const allowed = 'a DOI without address: 10.<registrant>/<suffix>';
    report({ rule: 'malformed-identifier', position: placeOfField(chunk, 'doi'), found: doi, allowed, suggestion });
  }
  if (eprint !== undefined && !arxivForm.test(eprint)) {
    const suggestion = /\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?/.exec(eprint)?.[0];
    const allowed = 'an arXiv number without address: YYMM.NNNNN';
    report({ rule: 'malformed-identifier', position: placeOfField(chunk, 'eprint'), found: eprint, allowed, suggestion });
  }
  if (url !== undefined && (!/^https:\/\/[^\s/]+\S*$/.test(url) || !URL.canParse(url))) {
    const suggestion = /^http:\/\//.test(url) ? url.replace('http:', 'https:') : undefined;
    const allowed = 'an address that starts with https://';
    report({ rule: 'malformed-address', position: placeOfField(chunk, 'url'), found: url, allowed, suggestion });
  }
}

/** The entry as a real parser reads it; mistakes in its form are reported, and mended where one line mends them. */
function readEntry(chunk: BibtexChunk, report: Report): BibtexEntry | undefined {
  try {
    return readBibtexEntry(chunk);
  } catch (error) {
    if (!(error instanceof BibtexError)) throw error;
    const { line, column, message, fixed, entry } = mendBibtex(chunk, error);
    const found = (chunk.text.split('\n')[line - 1] ?? '').trim();
    const position = { line: chunk.line + line - 1, column };
    report({ rule: 'bibtex-syntax', position, found, allowed: `BibTeX (the parser ${message})`, fixed });
    return entry;
  }
}

/** Formatting that the parser turns into tags. */
const withoutTags = (text: string): string => text.replace(/<\/?(?:i|b|sup|sub|span)\b[^>]*>/g, '');

function workOf(chunk: BibtexChunk, { fields, csl }: BibtexEntry): Work {
  const { doi, eprint: arxiv, url } = fields;
  const names = (csl.author ?? []).map((name) => {
    const particle = name['non-dropping-particle'] ?? name['dropping-particle'];
    const family = name.literal ?? [particle, name.family].filter(Boolean).join(' ');
    return { family, full: [name.given, family, name.suffix].filter(Boolean).join(' ') };
  });
  const year = Number(fields['year']);
  const venue = csl['container-title'] ?? (arxiv ? 'arXiv' : fields['howpublished']);
  return {
    key: chunk.key,
    title: withoutTags(csl.title ?? ''),
    authors: names.map(({ full }) => full),
    familyNames: names.map(({ family }) => family),
    year: Number.isInteger(year) && year > 0 ? year : undefined,
    venue: venue === undefined ? undefined : withoutTags(venue),
    arxiv,
    doi,
    address: doi ? `https://doi.org/${doi}` : arxiv ? `https://arxiv.org/abs/${arxiv}` : url,
    bibtex: chunk.text,
    position: placeInFile(chunk, 0),
  };
}

/** What makes a work the same as another, with the field that says so. */
function identitiesOf({ doi, arxiv, title }: Work): readonly (readonly [string, string])[] {
  return [
    ...(doi ? [['doi', doi.toLowerCase()] as const] : []),
    ...(arxiv ? [['eprint', arxiv.replace(/v\d+$/, '')] as const] : []),
    ...(titleKey(title) === '' ? [] : [['title', titleKey(title)] as const]),
  ];
}

/**
 * Reads a BibTeX text with a real parser, entry by entry, so that one mistake doesn't hide the next.
 * Two entries are one work when DOI, arXiv number or normalised title agree.
 */
export function readBibliography(text: string): Bibliography {
  const works = new Map<string, Work>();
  const keys = new Set<string>();
  const mistakes: BibliographyMistake[] = [];
  const report: Report = (mistake) => mistakes.push(mistake);
  const owners = new Map<string, string>();

  for (const chunk of bibtexChunks(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'))) {
    const { key } = chunk;
    checkShape(chunk, report);
    const isRepeated = keys.has(key);
    keys.add(key);
    const entry = readEntry(chunk, report);
    if (!entry) continue;
    checkMissing(chunk, entry.fields, report);
    checkFields(chunk, entry.fields, report);
    if (isRepeated) {
      const position = placeInFile(chunk, Math.max(0, chunk.text.indexOf(key, chunk.text.search(/[{(]/) + 1)));
      report({ rule: 'repeated-key', position, found: key, allowed: 'each key once', fixed: null });
      continue;
    }
    const work = workOf(chunk, entry);
    const identities = identitiesOf(work);
    const twin = identities.find(([field, identity]) => owners.has(`${field}:${identity}`));
    if (twin) {
      const [field, identity] = twin;
      const word = field === 'eprint' ? 'arXiv number' : field;
      const allowed = `one entry a work: "${owners.get(`${field}:${identity}`) ?? ''}" has the same ${word}`;
      const found = entry.fields[field] ?? key;
      report({ rule: 'duplicate-work', position: placeOfField(chunk, field), found, allowed, fixed: null });
    }
    for (const [field, identity] of identities) {
      const name = `${field}:${identity}`;
      if (!owners.has(name)) owners.set(name, key);
    }
    works.set(key, work);
  }
  if (keys.size === 0 && text.replace(/^\s*(%.*)?$/gm, '').trim() !== '') {
    const found = text.trim().slice(0, 40);
    mistakes.push({ rule: 'bibtex-syntax', position: { line: 1, column: 1 }, found, allowed: 'BibTeX entries: @article{key, …}', fixed: null });
  }
  return { works, keys, mistakes };
}

/** How a text names a work: `Jia et al. 2022`; `Jia et al. 2022, repository` for what its authors publish beside a paper. */
export function shortCitation(work: Work): string {
  const [first, second] = work.familyNames;
  const isLong = work.familyNames.length > 2 || second === 'others';
  const who = isLong ? `${first ?? ''} et al.` : [first, second].filter(Boolean).join(' & ');
  const name = [who || work.key, work.year].filter((part) => part !== undefined).join(' ');
  return work.venue?.startsWith('Repository') ? `${name}, repository` : name;
}

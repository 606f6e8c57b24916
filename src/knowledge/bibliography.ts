import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import type { CSL } from '@citation-js/core';
import type { Rule } from './finding.ts';
import type { Position } from './front-matter.ts';

/** A cited work, as `content/references.bib` gives it. */
export interface Work {
  readonly key: string;
  readonly title: string;
  /** Family names with given names, in order: `['Menglin Jia', …]`. */
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
    'bibtex-syntax' | 'missing-field' | 'malformed-identifier' | 'malformed-address' | 'duplicate-work' | 'repeated-key'
  >;
  readonly position: Position;
  readonly found: string;
  readonly allowed: string;
  readonly fixed?: string;
}

export interface Bibliography {
  readonly works: ReadonlyMap<string, Work>;
  readonly mistakes: readonly BibliographyMistake[];
}

interface Chunk {
  readonly key: string;
  readonly text: string;
  readonly line: number;
}

/** The entries of a BibTeX text with their first lines; what stands between entries is comment. */
function chunksOf(text: string): readonly Chunk[] {
  const starts = [...text.matchAll(/^@(?!comment|string|preamble)[A-Za-z]+\s*\{\s*([^,\s}]*)/gim)];
  return starts.map((match, i) => ({
    key: match[1] ?? '',
    text: text.slice(match.index, starts[i + 1]?.index ?? text.length).trimEnd(),
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** Place of `field = …` in an entry, or of its first line. */
function placeOf(chunk: Chunk, field?: string): Position {
  if (field === undefined) return { line: chunk.line, column: 1 };
  const lines = chunk.text.split('\n');
  for (const [i, line] of lines.entries()) {
    const match = new RegExp(`(?:^|[\\s,{])(${field})\\s*=`, 'i').exec(line);
    if (match) return { line: chunk.line + i, column: match.index + match[0].indexOf(match[1] ?? '') + 1 };
  }
  return { line: chunk.line, column: 1 };
}

interface RawEntry {
  readonly label: string;
  readonly properties: Readonly<Record<string, string>>;
}

function parseChunk(chunk: Chunk): { raw: RawEntry; csl: CSL } {
  const options = { forceType: '@biblatex/text', generateGraph: false, maxChainLength: 10, strict: true };
  const target = '@biblatex/entries+list';
  const raw = plugins.input.chain(chunk.text, { ...options, target }) as unknown as RawEntry[];
  const csl = plugins.input.chain(chunk.text, { ...options, target: '@csl/list+object' }) as CSL[];
  const [first] = raw;
  const [work] = csl;
  if (!first || !work) throw new Error('no entry');
  return { raw: first, csl: work };
}

function problemOf(error: unknown): { message: string; line: number; column: number } {
  const message = error instanceof Error ? error.message : String(error);
  const place = /line (\d+) col (\d+)/.exec(message);
  return {
    message: (message.split(' at line')[0] ?? message).split('\n')[0] ?? message,
    line: Number(place?.[1] ?? 1),
    column: Number(place?.[2] ?? 1),
  };
}

const normalised = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '');

/**
 * Reads a BibTeX text with a real parser, entry by entry, so that one mistake doesn't hide the next.
 * Two entries are one work when DOI, arXiv number or normalised title agree.
 */
export function readBibliography(text: string): Bibliography {
  const works = new Map<string, Work>();
  const mistakes: BibliographyMistake[] = [];
  const seen = new Map<string, string>();

  for (const chunk of chunksOf(text)) {
    let parsed;
    try {
      parsed = parseChunk(chunk);
    } catch (error) {
      const { message, line, column } = problemOf(error);
      const offending = chunk.text.split('\n')[line - 1] ?? '';
      mistakes.push({
        rule: 'bibtex-syntax',
        position: { line: chunk.line + line - 1, column },
        found: offending.trim(),
        allowed: `BibTeX (${message})`,
      });
      continue;
    }
    const { raw, csl } = parsed;
    const properties = Object.fromEntries(
      Object.entries(raw.properties).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const missing = ['title', 'author', 'year'].filter((field) => !properties[field]);
    for (const field of missing) {
      mistakes.push({
        rule: 'missing-field',
        position: placeOf(chunk),
        found: chunk.text.split('\n')[0] ?? '',
        allowed: `a field "${field}"`,
        fixed: `  ${field} = {…},`,
      });
    }
    const doi = properties['doi'];
    const arxiv = properties['eprint'];
    if (doi !== undefined && !/^10\.\d{4,9}\/\S+$/.test(doi)) {
      mistakes.push({
        rule: 'malformed-identifier',
        position: placeOf(chunk, 'doi'),
        found: doi,
        allowed: 'a DOI: 10.<registrant>/<suffix>',
        ...(/10\.\d{4,9}\/\S+$/.test(doi) ? { fixed: `  doi = {${/10\.\d{4,9}\/\S+$/.exec(doi)?.[0] ?? ''}},` } : {}),
      });
    }
    if (arxiv !== undefined && !/^\d{4}\.\d{4,5}(v\d+)?$|^[a-z-]+(\.[A-Z]{2})?\/\d{7}$/.test(arxiv)) {
      mistakes.push({
        rule: 'malformed-identifier',
        position: placeOf(chunk, 'eprint'),
        found: arxiv,
        allowed: 'an arXiv number: YYMM.NNNNN',
        ...(/\d{4}\.\d{4,5}/.test(arxiv) ? { fixed: `  eprint = {${/\d{4}\.\d{4,5}/.exec(arxiv)?.[0] ?? ''}},` } : {}),
      });
    }
    const url = properties['url'];
    if (url !== undefined && !/^https:\/\/\S+$/.test(url)) {
      const allowed = 'an address that starts with https://';
      mistakes.push({ rule: 'malformed-address', position: placeOf(chunk, 'url'), found: url, allowed });
    }
    if (works.has(chunk.key)) {
      mistakes.push({ rule: 'repeated-key', position: placeOf(chunk), found: chunk.key, allowed: 'each key once' });
      continue;
    }
    const title = csl.title ?? '';
    const identities: readonly (readonly [string | undefined, string])[] = [
      [doi?.toLowerCase(), 'doi'],
      [arxiv?.replace(/v\d+$/, ''), 'eprint'],
      [title ? normalised(title) : undefined, 'title'],
    ];
    const twin = identities.find(([identity, field]) => identity !== undefined && seen.has(`${field}:${identity}`));
    if (twin) {
      const [identity, field] = twin;
      const other = seen.get(`${field}:${identity}`) ?? '';
      mistakes.push({
        rule: 'duplicate-work',
        position: placeOf(chunk, field),
        found: chunk.key,
        allowed: `one entry a work: "${other}" has the same ${field === 'eprint' ? 'arXiv number' : field}`,
      });
    }
    for (const [identity, field] of identities) {
      if (identity !== undefined && !seen.has(`${field}:${identity}`)) seen.set(`${field}:${identity}`, chunk.key);
    }

    const authors = csl.author ?? [];
    const year = Number(properties['year']);
    works.set(chunk.key, {
      key: chunk.key,
      title,
      authors: authors.map(({ given, family, literal }) => literal ?? [given, family].filter(Boolean).join(' ')),
      familyNames: authors.map(({ family, literal }) => literal ?? family ?? ''),
      year: Number.isInteger(year) ? year : undefined,
      venue: properties['booktitle'] ?? properties['journal'] ?? (arxiv ? 'arXiv' : properties['howpublished']),
      arxiv,
      doi,
      address: doi ? `https://doi.org/${doi}` : arxiv ? `https://arxiv.org/abs/${arxiv}` : url,
      bibtex: chunk.text,
      position: placeOf(chunk),
    });
  }
  if (works.size === 0 && mistakes.length === 0 && text.trim() !== '') {
    const found = text.trim().slice(0, 40);
    const allowed = 'BibTeX entries: @article{key, …}';
    mistakes.push({ rule: 'bibtex-syntax', position: { line: 1, column: 1 }, found, allowed });
  }
  return { works, mistakes };
}

/** How a text names a work: `Jia et al. 2022`; `Jia et al. 2022, repository` for what its authors publish beside a paper. */
export function shortCitation(work: Work): string {
  const [first, second] = work.familyNames;
  const who = work.familyNames.length > 2 ? `${first ?? ''} et al.` : [first, second].filter(Boolean).join(' & ');
  const name = [who || work.key, work.year].filter((part) => part !== undefined).join(' ');
  return work.venue?.startsWith('Repository') ? `${name}, repository` : name;
}

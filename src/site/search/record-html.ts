import { classCode } from './class-code.ts';
import { plainLetters } from './name-key.ts';
import type { SearchRecord } from './search-record.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const meta = (name: string, value: string): string => `<meta data-pagefind-meta="${name}[content]" content="${escaped(value)}">`;

/** How much a word counts by where it stands; running text counts 1. The index takes at most 10. */
const weights = { summary: 5, text: 1, source: 2, firstAuthor: 6, authors: 4 } as const;

const part = (weight: number, words: string): string => (words === '' ? '' : `<p data-pagefind-weight="${weight}">${escaped(words)}</p>`);

/** Letters that the index doesn't take apart by itself, so that “Michal” finds Michał. */
const respelled = (names: readonly string[]): string =>
  names.filter((name) => plainLetters(name) !== name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()).map(plainLetters).join(', ');

/**
 * A record as the page that the index reads. It is no page of the site: it has what people look for, each part once and with its weight, and
 * nothing of menus, neighbours, tables and formulas. Names are searched as its metadata, weighed by `ranking`; excerpts are pieces of the rest.
 */
export function recordHtml(record: SearchRecord): string {
  const { title, kind, of, aliases, terms, classed, authors, source, summary, text } = record;
  const [first, ...others] = authors;
  const named = { aliases: aliases.join(', '), terms: terms.join(', '), classed: classed.join(', '), respelled: respelled(authors), of: of ? classCode(of) : '' };
  return [
    '<!doctype html><html lang="en"><head>',
    meta('title', title),
    meta('kind', kind),
    ...Object.entries(named).map(([name, value]) => (value === '' ? '' : meta(name, value))),
    kind === 'method' ? '<meta data-pagefind-filter="kind:Method">' : '',
    '</head><body data-pagefind-body>',
    part(weights.summary, summary),
    part(weights.text, text),
    part(weights.source, source),
    part(weights.firstAuthor, first ? `By ${first}${others.length > 0 ? ',' : '.'}` : ''),
    part(weights.authors, others.length > 0 ? `${others.join(', ')}.` : ''),
    '</body></html>',
  ].join('');
}

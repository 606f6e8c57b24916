import { readBibliography } from './bibliography.ts';
import type { Bibliography, Work } from './bibliography.ts';

/** A paper as a contributor gives it, ready for `references.bib`. */
export interface CitedPaper {
  readonly key: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number;
  readonly venue: string;
  /** The text to append to the bibliography; empty where the work is there already. */
  readonly bibtex: string;
}

/** What is typed by hand where no BibTeX is at hand. */
export interface TypedPaper {
  readonly arxiv?: string | undefined;
  readonly doi?: string | undefined;
  readonly title: string;
  /** In order, given name first. */
  readonly authors: readonly string[];
  readonly year: number;
  readonly venue?: string | undefined;
}

/** A paper that can't be taken as it was given; the message says what to change. */
export class PaperError extends Error {}

const smallWords = new Set('a an and are as at by do for from in is it of on or the to via what when with'.split(' '));
const plain = (text: string): string => text.normalize('NFD').replace(/[^A-Za-z0-9]+/g, '').toLowerCase();

/** The project's form of a key: first author, year, first word of the title that says something. */
function keyFor(familyName: string, year: number, title: string): string {
  const words = title.split(/[\s:–-]+/).map(plain);
  const word = words.find((each) => each.length > 1 && !smallWords.has(each)) ?? words[0] ?? 'work';
  const name = familyName.replace(/^(?:\p{Ll}\S* )+/u, '');
  return `${plain(name) || 'anonymous'}${year}${word}`;
}

function freeKey(wanted: string, taken: ReadonlyMap<string, Work>): string {
  if (!taken.has(wanted)) return wanted;
  for (const letter of 'bcdefghijklmnopqrstuvwxyz') if (!taken.has(wanted + letter)) return wanted + letter;
  throw new PaperError(`Twenty-six works have the key ${wanted}; give the entry a key of your own in BibTeX.`);
}

const normalised = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** The work of a bibliography that is the same as another by DOI, arXiv number or title. */
function sameWork(works: ReadonlyMap<string, Work>, { arxiv, doi, title }: Pick<Work, 'arxiv' | 'doi' | 'title'>): Work | undefined {
  return [...works.values()].find(
    (work) =>
      (doi !== undefined && work.doi?.toLowerCase() === doi.toLowerCase()) ||
      (arxiv !== undefined && work.arxiv?.replace(/v\d+$/, '') === arxiv.replace(/v\d+$/, '')) ||
      normalised(work.title) === normalised(title),
  );
}

/** `Jane van Doe` as BibTeX sorts it: `van Doe, Jane`. */
function familyFirst(author: string): string {
  const parts = author.trim().split(/\s+/);
  if (author === 'others' || parts.length < 2) return author;
  let at = parts.length - 1;
  while (at > 1 && /^(van|von|der|den|de|da|del|la|le|di|dos)$/i.test(parts[at - 1] ?? '')) at -= 1;
  return `${parts.slice(at).join(' ')}, ${parts.slice(0, at).join(' ')}`;
}

/** BibTeX of a paper that was typed in. */
function bibtexOf({ arxiv, doi, title, authors, year, venue }: TypedPaper): string {
  const onArxiv = venue === undefined || /^arxiv$/i.test(venue);
  const lines = [
    `  title = {${title}},`,
    `  author = {${authors.map(familyFirst).join(' and ')}},`,
    ...(onArxiv ? [] : [`  booktitle = {${venue}},`]),
    `  year = {${year}},`,
    ...(doi ? [`  doi = {${doi}},`] : []),
    ...(arxiv ? [`  eprint = {${arxiv}},`, '  archiveprefix = {arXiv},'] : []),
  ];
  return `@${onArxiv ? 'misc' : 'inproceedings'}{new,\n${lines.join('\n')}\n}`;
}

/**
 * One BibTeX entry, checked and given a key of the project's form; a work that the bibliography has keeps its key there.
 * @throws PaperError where the text isn't exactly one complete entry
 */
export function paperFromBibtex(text: string, bibliography: Bibliography): CitedPaper {
  const { works, mistakes } = readBibliography(text.trim());
  const [mistake] = mistakes;
  if (mistake) {
    throw new PaperError(`The BibTeX can't be taken: line ${mistake.position.line} has "${mistake.found}"; allowed is ${mistake.allowed}.`);
  }
  const [work, another] = [...works.values()];
  if (!work) throw new PaperError('The BibTeX holds no entry; it starts with @article{key, or the like.');
  if (another) throw new PaperError(`The BibTeX holds ${works.size} entries; give the one of the method's paper.`);
  if (work.year === undefined) throw new PaperError('The BibTeX entry has no year that is a number.');
  const known = sameWork(bibliography.works, work);
  const { title, authors, year, venue = 'arXiv' } = known ?? work;
  if (known) return { key: known.key, title, authors, year: year ?? work.year, venue, bibtex: '' };
  const key = freeKey(/^[a-z]+\d{4}[a-z0-9]+$/.test(work.key) ? work.key : keyFor(work.familyNames[0] ?? '', work.year, title), bibliography.works);
  const bibtex = work.bibtex.replace(/^(@\w+\s*\{\s*)[^,\s]*/, `$1${key}`);
  return { key, title, authors, year: work.year, venue, bibtex };
}

/**
 * A paper typed by hand: no network is asked.
 * @throws PaperError where a part is missing or malformed
 */
export function paperFromParts(typed: TypedPaper, bibliography: Bibliography): CitedPaper {
  if (typed.title.trim() === '') throw new PaperError('The paper needs its title.');
  if (typed.authors.length === 0) throw new PaperError('The paper needs its authors: "Given Family; Given Family", or "Given Family; others".');
  if (!Number.isInteger(typed.year)) throw new PaperError('The paper needs its year as a number.');
  if (typed.arxiv === undefined && typed.doi === undefined) throw new PaperError('The paper needs an arXiv number or a DOI; else give its BibTeX.');
  return paperFromBibtex(bibtexOf(typed), bibliography);
}

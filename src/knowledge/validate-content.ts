import { allWorks } from './all-works.ts';
import type { AllWorks, OwnWork } from './all-works.ts';
import { placeOfField } from './bibtex-entry.ts';
import { readBody } from './body.ts';
import type { ContentFile } from './content-file.ts';
import type { ConceptPages } from './definition.ts';
import { kindOf, readEntryFile, stemOf } from './entry-file.ts';
import type { EntryFile } from './entry-file.ts';
import { entrySchemas } from './entry.ts';
import type { EntryKind } from './entry.ts';
import type { Finding } from './finding.ts';
import type { Position } from './front-matter.ts';
import type { Known } from './known.ts';
import { lexiconOf } from './lexicon.ts';
import { spotOfKey, spotOfValue } from './places.ts';
import { lineOf, reporter } from './report.ts';
import type { Mistake, Report } from './report.ts';
import type { BodyCheck } from './rules/body-check.ts';
import type { Check } from './rules/check.ts';
import { checkCitations } from './rules/citations.ts';
import { checkDates } from './rules/dates.ts';
import { checkEmptyBody } from './rules/empty-body.ts';
import { checkEncoding, checkLocation } from './rules/files.ts';
import { checkIdentity } from './rules/identity.ts';
import { checkLinks } from './rules/links.ts';
import { checkLists } from './rules/lists.ts';
import { checkCycles, checkNames, checkRelations } from './rules/relations.ts';
import { checkFieldSafety, checkSafety } from './rules/safety.ts';
import { checkSchema } from './rules/schema.ts';
import { checkSections } from './rules/sections.ts';
import { checkSets } from './rules/sets.ts';
import { checkTrainable } from './rules/trainable.ts';
import { checkAgreement, checkWorks } from './rules/works.ts';

export interface ValidationReport {
  /** Entries read (Markdown files in the folders of entries). */
  readonly read: number;
  /** The same by kind. */
  readonly byKind: Readonly<Record<EntryKind, number>>;
  readonly errors: readonly Finding[];
}

const kinds = Object.keys(entrySchemas) as readonly EntryKind[];
const bibliographyPath = 'references.bib';

const checks: readonly Check[] = [
  checkSchema,
  checkLists,
  checkIdentity,
  checkDates,
  checkWorks,
  checkAgreement,
  checkSets,
  checkTrainable,
  checkRelations,
  checkFieldSafety,
];

const bodyChecks: readonly BodyCheck[] = [checkSafety, checkCitations, checkLinks, checkSections, checkEmptyBody];

/** A record with a value for each kind. */
function forEachKind<T>(of: (kind: EntryKind) => T): Readonly<Record<EntryKind, T>> {
  return { methods: of('methods'), models: of('models'), tasks: of('tasks'), concepts: of('concepts'), papers: of('papers') };
}

/** The pages that explain the dimensions and their values. */
function pagesOf(entries: readonly EntryFile[]): ConceptPages {
  const concepts = entries.filter(({ kind }) => kind === 'concepts');
  return new Map(
    concepts.flatMap(({ data: { group, dimension, value }, file }) => {
      const word = group === 'value' ? value : group === 'dimension' ? dimension : undefined;
      return typeof word === 'string' ? [[word, file.path]] : [];
    }),
  );
}

/** The works that entries bring along in their own files. */
function ownWorks(entries: readonly EntryFile[]): readonly OwnWork<EntryFile>[] {
  return entries.flatMap((owner) => {
    const { bibtex } = owner.data;
    return owner.kind === 'methods' && typeof bibtex === 'string' && bibtex.trim() !== '' ? [{ owner, bibtex }] : [];
  });
}

/** Mistakes of `references.bib`, and of the BibTeX in entries, each in its own file. */
function checkBibliography(
  { bibliography: { works, mistakes }, origin }: AllWorks<EntryFile>,
  today: string,
  reportFor: (owner: EntryFile | undefined) => Report,
): void {
  const report = (place: Position, mistake: Omit<Mistake, 'place'>): void => {
    const { owner, line } = origin(place.line);
    if (!owner) return reportFor(undefined)({ ...mistake, place });
    // The text of a block starts on the line below its key, two spaces in; a corrected line is of BibTeX, not of YAML.
    const { place: key } = spotOfKey(owner.front, ['bibtex']) ?? spotOfValue(owner.front, ['bibtex']);
    const inside = /^\s*bibtex\s*:\s*[|>]/.test(lineOf(owner.file.text, key.line));
    const own = inside ? { line: key.line + line, column: place.column + 2 } : key;
    const { fixed } = mistake;
    const corrected = !inside ? { fixed: null } : typeof fixed === 'string' ? { fixed: `  ${fixed}` } : {};
    return reportFor(owner)({ ...mistake, ...corrected, place: own, field: 'bibtex' });
  };
  for (const { position, ...mistake } of mistakes) report(position, mistake);
  const thisYear = Number(today.slice(0, 4));
  for (const { year, position, bibtex } of works.values()) {
    if (year === undefined || year <= thisYear) continue;
    const place = placeOfField({ text: bibtex, line: position.line }, 'year');
    report(place, { rule: 'future-date', found: String(year), allowed: `a year up to ${thisYear}` });
  }
}

/**
 * Checks every file of a content folder and returns all mistakes, each at its place.
 * @param today the day that counts as now, as YYYY-MM-DD
 */
export function validateContent(files: readonly ContentFile[], { today }: { readonly today: string }): ValidationReport {
  const mistakes: { readonly file: ContentFile; readonly kind: EntryKind | undefined; readonly mistake: Mistake }[] = [];
  const reportFor = (file: ContentFile, kind: EntryKind | undefined): Report => (mistake) => mistakes.push({ file, kind, mistake });

  const bibliographyFile = files.find(({ path }) => path === bibliographyPath);

  const read = new Map<EntryKind, string[]>(kinds.map((kind) => [kind, []]));
  const entries: EntryFile[] = [];
  for (const file of files) {
    const kind = kindOf(file.path);
    const report = reportFor(file, kind);
    checkEncoding(file, report);
    checkLocation(file, kind, report);
    if (kind === undefined) continue;
    const entry = readEntryFile(file, kind, report);
    read.get(kind)?.push(stemOf(file.path), ...(entry ? [entry.id] : []));
    if (entry) entries.push(entry);
  }

  const all = bibliographyFile && allWorks(bibliographyFile.text, ownWorks(entries));
  if (bibliographyFile && all) {
    checkBibliography(all, today, (owner) => (owner ? reportFor(owner.file, owner.kind) : reportFor(bibliographyFile, undefined)));
  }
  const bibliography = all?.bibliography;

  const known: Known = {
    ids: forEachKind((kind) => lexiconOf(read.get(kind) ?? [])),
    keys: bibliography && lexiconOf(bibliography.keys),
    works: bibliography?.works ?? new Map(),
    today,
  };
  for (const entry of entries) {
    const report = reportFor(entry.file, entry.kind);
    for (const check of checks) check(entry, report, known);
    const body = readBody(entry);
    for (const check of bodyChecks) check(body, entry, report, known);
  }
  const methods = entries.filter(({ kind }) => kind === 'methods');
  const reportForEntry = ({ file, kind }: EntryFile): Report => reportFor(file, kind);
  checkNames(methods, reportForEntry);
  checkCycles(methods, reportForEntry);

  const pages = pagesOf(entries);
  const findings: Finding[] = [];
  for (const { file, kind, mistake } of mistakes) reporter(file, kind, findings, pages)(mistake);
  const byKind = forEachKind((kind) => files.filter(({ path }) => kindOf(path) === kind).length);
  const total = kinds.reduce((sum, kind) => sum + byKind[kind], 0);
  if (total > 0 && !bibliographyFile) {
    const missing = { path: bibliographyPath, text: '' };
    const allowed = 'a BibTeX file with every cited work';
    reporter(missing, undefined, findings, pages)({ rule: 'no-bibliography', place: { line: 1, column: 1 }, found: '', allowed, fixed: null });
  }
  findings.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
  return { read: total, byKind, errors: findings };
}

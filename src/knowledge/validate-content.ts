import { readBibliography } from './bibliography.ts';
import type { ContentFile } from './content-file.ts';
import { kindOf, readEntryFile } from './entry-file.ts';
import type { EntryFile } from './entry-file.ts';
import type { Finding } from './finding.ts';
import { reporter } from './report.ts';
import { checkBody } from './rules/body.ts';
import { checkDates } from './rules/dates.ts';
import { checkIdentity } from './rules/identity.ts';
import { checkCycles, checkNames, checkRelations } from './rules/relations.ts';
import { checkSchema } from './rules/schema.ts';
import { checkSets } from './rules/sets.ts';
import { checkTrainable } from './rules/trainable.ts';

export interface ValidationReport {
  /** Entries read (Markdown files in the folders of entries). */
  readonly read: number;
  readonly errors: readonly Finding[];
}

/** Checks the bibliography and returns its keys. */
function checkBibliography(file: ContentFile | undefined, findings: Finding[]): readonly string[] {
  if (!file) return [];
  const { works, mistakes } = readBibliography(file.text);
  const report = reporter(file, findings);
  for (const { position, ...mistake } of mistakes) report({ ...mistake, place: position, fixed: mistake.fixed ?? null });
  return [...works.keys()];
}

/**
 * Checks every file of a content folder and returns all mistakes, each at its place.
 * @param today the day that counts as now, as YYYY-MM-DD
 */
export function validateContent(files: readonly ContentFile[], { today }: { readonly today: string }): ValidationReport {
  const findings: Finding[] = [];
  const works = checkBibliography(files.find(({ path }) => path === 'references.bib'), findings);
  const reportFor = ({ file }: EntryFile) => reporter(file, findings);

  let read = 0;
  const entries: EntryFile[] = [];
  for (const file of files) {
    const kind = kindOf(file.path);
    if (kind === undefined) continue;
    read += 1;
    const report = reporter(file, findings);
    const entry = readEntryFile(file, kind, report);
    if (!entry) continue;
    entries.push(entry);
    checkSchema(entry, report);
    checkIdentity(entry, report, works);
    checkDates(entry, report, today);
    checkBody(entry, report, works);
  }

  const methods = entries.filter(({ kind }) => kind === 'methods');
  const ids = methods.map(({ id }) => id);
  for (const method of methods) {
    const report = reportFor(method);
    checkSets(method, report);
    checkTrainable(method, report);
    checkRelations(method, report, ids);
  }
  checkNames(methods, reportFor);
  checkCycles(methods, reportFor);

  findings.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  return { read, errors: findings };
}

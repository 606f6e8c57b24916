import type { ContentFile } from './content-file.ts';
import { definitionOf } from './definition.ts';
import type { ConceptPages } from './definition.ts';
import type { EntryKind } from './entry.ts';
import type { Finding, Rule } from './finding.ts';
import type { Position } from './front-matter.ts';

/** A mistake as a rule states it. `fixed` is made from found and suggestion where a rule doesn't give it. */
export interface Mistake {
  readonly rule: Rule;
  readonly place: Position;
  /** As it stands in the file. */
  readonly found: string;
  readonly allowed: string;
  readonly suggestion?: string | undefined;
  readonly fixed?: string | null;
  /** The field at the margin in which it stands, where it stands in one. */
  readonly field?: string | undefined;
}

export type Report = (mistake: Mistake) => void;

/** The line `line` (from 1) of a text, without its end. */
export function lineOf(text: string, line: number): string {
  return (text.split('\n', line)[line - 1] ?? '').replace(/^\ufeff|\r$/g, '');
}

/** The line of a place with `found`, which stands there, replaced; null where something else stands there. */
export function lineWith(text: string, { line, column }: Position, found: string, replacement: string): string | null {
  const whole = lineOf(text, line);
  const at = column - 1;
  return whole.startsWith(found, at) ? whole.slice(0, at) + replacement + whole.slice(at + found.length) : null;
}

/** Longer texts are cut in messages. */
const shown = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

/** Collects the mistakes of a file as findings; `kind` is undefined for a file that holds no entry. */
export function reporter(file: ContentFile, kind: EntryKind | undefined, findings: Finding[], pages: ConceptPages): Report {
  return (mistake) => {
    const { rule, place, found, allowed, suggestion, fixed } = mistake;
    const corrected = suggestion === undefined || found === '' ? null : lineWith(file.text, place, found, suggestion);
    findings.push({
      file: file.path,
      line: place.line,
      column: place.column,
      rule,
      found: shown(found),
      allowed,
      suggestion: suggestion ?? null,
      fixed: fixed === undefined ? corrected : fixed,
      definition: definitionOf(mistake, kind, pages),
    });
  };
}

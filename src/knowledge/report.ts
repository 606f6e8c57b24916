import type { ContentFile } from './content-file.ts';
import type { Finding, Rule } from './finding.ts';
import type { Position } from './front-matter.ts';

/** A mistake as a rule states it. `fixed` is made from found and suggestion where a rule doesn't give it. */
export interface Mistake {
  readonly rule: Rule;
  readonly place: Position;
  readonly found: string;
  readonly allowed: string;
  readonly suggestion?: string | undefined;
  readonly fixed?: string | null;
}

export type Report = (mistake: Mistake) => void;

/** The line `line` (from 1) of a text. */
export function lineOf(text: string, line: number): string {
  return text.split('\n')[line - 1] ?? '';
}

function corrected(text: string, { place, found, suggestion }: Mistake): string | null {
  if (suggestion === undefined || found === '') return null;
  const line = lineOf(text, place.line);
  const at = line.indexOf(found, place.column - 1);
  return at < 0 ? null : line.slice(0, at) + suggestion + line.slice(at + found.length);
}

/** Collects a file's mistakes as findings. */
export function reporter(file: ContentFile, findings: Finding[]): Report {
  return (mistake) => {
    const { rule, place, found, allowed, suggestion, fixed } = mistake;
    findings.push({
      file: file.path,
      ...place,
      rule,
      found,
      allowed,
      suggestion: suggestion ?? null,
      fixed: fixed === undefined ? corrected(file.text, mistake) : fixed,
    });
  };
}

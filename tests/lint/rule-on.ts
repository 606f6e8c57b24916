import { createSource, type Rule } from '../../scripts/lint/rule.ts';

/** The lines that a rule objects to in a source at a path; throws when the rule isn't for that path at all. */
export function linesFound(rule: Rule, path: string, text: string): number[] {
  if (!rule.appliesTo(path)) throw new Error(`${rule.name} does not apply to ${path}`);
  return rule.check(createSource(path, text)).map(({ line }) => line);
}

import { root } from '../parts/root.ts';
import { projectSources } from './project-files.ts';
import type { Finding, Rule } from './rule.ts';
import { doorsRule } from './rules/doors.ts';
import { importTableRule } from './rules/import-table.ts';
import { noAnyRule } from './rules/no-any.ts';
import { noLeftoversRule } from './rules/no-leftovers.ts';
import { noNonNullRule } from './rules/no-non-null.ts';
import { nodeOnlyRule } from './rules/node-only.ts';
import { platformMathsRule } from './rules/platform-maths.ts';
import { selfContainedRule } from './rules/self-contained.ts';
import { tellingNamesRule } from './rules/telling-names.ts';

/** Every rule, in the order of the report. */
export const rules: readonly Rule[] = [
  importTableRule,
  doorsRule,
  nodeOnlyRule,
  platformMathsRule,
  noAnyRule,
  noNonNullRule,
  noLeftoversRule,
  tellingNamesRule,
  selfContainedRule,
];

export interface RuleReport {
  readonly rule: string;
  readonly promise: string;
  /** How many files the rule read. */
  readonly files: number;
  readonly findings: readonly Finding[];
}

/** Applies every rule to every file of the project that it is for. */
export function lintProject(): readonly RuleReport[] {
  const sources = projectSources(root);
  return rules.map((rule) => {
    const mine = sources.filter(({ path }) => rule.appliesTo(path));
    return {
      rule: rule.name,
      promise: rule.promise,
      files: mine.length,
      findings: mine.flatMap((source) => rule.check(source)),
    };
  });
}

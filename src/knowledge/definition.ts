import { dimensions } from '../taxonomy/index.ts';
import type { Rule } from './finding.ts';
import type { EntryKind } from './entry.ts';

/** The pages of the content folder that explain a dimension or one of its values, by its name. */
export type ConceptPages = ReadonlyMap<string, string>;

/** Headings of the reference of fields that aren't fields themselves, by the rules that they explain. */
export const sections = {
  files: 'Files',
  frontMatter: 'Front matter',
  text: 'Text',
  sections: 'Sections',
  citations: 'Citations',
  links: 'Links',
  safety: 'Nothing but text',
  bibliography: 'Bibliography',
} as const;

const sectionOf: Readonly<Partial<Record<Rule, keyof typeof sections>>> = {
  'not-utf8': 'files',
  'misplaced-file': 'files',
  'file-name': 'files',
  'no-front-matter': 'frontMatter',
  'yaml-syntax': 'frontMatter',
  'repeated-field': 'frontMatter',
  'unknown-work': 'citations',
  'unknown-directive': 'citations',
  'malformed-address': 'links',
  'dead-link': 'links',
  'unsafe-html': 'safety',
  'missing-section': 'sections',
  'empty-body': 'text',
  'no-bibliography': 'bibliography',
};

/** The anchor that forges give a heading. */
export function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]+/gu, '').replaceAll(' ', '-');
}

/** The heading under which the fields of a kind stand. */
export const headingOfKind = (kind: EntryKind): string => `Fields of ${kind}`;

export interface Defined {
  readonly rule: Rule;
  /** The field at the margin in which the mistake stands, where it stands in one. */
  readonly field?: string | undefined;
  readonly suggestion?: string | undefined;
}

/**
 * Where it is written what may stand in the place of a mistake: for a value of the taxonomy its page or that of its
 * dimension, for anything else a heading of `content/README.md`.
 * @param kind undefined in the bibliography
 */
export function definitionOf({ rule, field, suggestion }: Defined, kind: EntryKind | undefined, pages: ConceptPages): string {
  const reference = (heading: string): string => `content/README.md#${anchorOf(heading)}`;
  if (field !== undefined && Object.hasOwn(dimensions, field) && kind === 'methods') {
    const page = (suggestion === undefined ? undefined : pages.get(suggestion)) ?? pages.get(field) ?? `concepts/${field}.md`;
    return `content/${page}`;
  }
  if (rule === 'unknown-field' && kind !== undefined && field === undefined) return reference(headingOfKind(kind));
  if (field !== undefined) return reference(field);
  return reference(sections[sectionOf[rule] ?? (kind === undefined ? 'bibliography' : 'frontMatter')]);
}

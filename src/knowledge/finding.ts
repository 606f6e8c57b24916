import type { Position } from './front-matter.ts';

/** The rules of the validator, each with what it demands. */
export const rules = {
  'no-front-matter': 'an entry starts with YAML between two lines of three hyphens',
  'yaml-syntax': 'the front matter is YAML',
  'missing-field': 'every required field is there',
  'unknown-field': 'only the fields of the schema',
  'wrong-value': 'a value is of the kind, and among those, that the schema allows',
  'repeated-value': 'a set has each value once',
  'sets-of-a-rival': 'the four sets and the classification are there for MR, PT and PI and absent for PCA',
  'unknown-work': 'a citation is a key of references.bib',
  'unknown-method': 'a relation names the id of another entry',
  'cycle': 'extends never leads back to its start',
  'file-name': 'the file is named for the id',
  'malformed-identifier': 'DOI and arXiv number have their form',
  'malformed-address': 'an address starts with https://',
  'future-date': 'nothing is dated in the future',
  'formula': 'the formula of trainable numbers evaluates, and gives the example',
  'duplicate-name': 'two methods have two names',
  'duplicate-work': 'one bibliography entry a work',
  'repeated-key': 'each bibliography key once',
  'bibtex-syntax': 'the bibliography is BibTeX',
  'unsafe-html': 'text is Markdown; tags are not rendered',
  'empty-body': 'an entry has a text',
} as const;
export type Rule = keyof typeof rules;

/** One mistake, at one place. */
export interface Finding extends Position {
  readonly file: string;
  readonly rule: Rule;
  /** The offending text, or '' where something is missing. */
  readonly found: string;
  /** What may stand there. */
  readonly allowed: string;
  /** The nearest allowed word, or null. */
  readonly suggestion: string | null;
  /** The line as it could stand, or null. */
  readonly fixed: string | null;
}

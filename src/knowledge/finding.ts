import type { Position } from './front-matter.ts';

/** The rules of the validator, each with what it demands. */
export const rules = {
  'not-utf8': 'a file is text in UTF-8',
  'misplaced-file': 'an entry stands right in the folder of its kind and ends with .md',
  'no-front-matter': 'an entry starts with YAML between two lines of three hyphens',
  'yaml-syntax': 'the front matter is YAML',
  'repeated-field': 'the front matter has each field once',
  'missing-field': 'every required field is there',
  'unknown-field': 'only the fields of the schema',
  'wrong-value': 'a value is of the kind, and among those, that the schema allows',
  'repeated-value': 'a list has each value once',
  'sets-of-a-rival': 'the four sets and the classification are there for MR, PT and PI and absent for PCA',
  'unknown-work': 'a citation is a key of references.bib',
  'work-mismatch': 'title and year are those of the work in references.bib',
  'unknown-method': 'a relation names the id of another method',
  'unknown-concept': 'a row of terms names the id of a concept',
  'cycle': 'extends never leads back to its start',
  'file-name': 'the file is named for the id',
  'malformed-identifier': 'keys, DOI and arXiv number have their form',
  'malformed-address': 'an address starts with https://, a link within the atlas with a dot',
  'future-date': 'nothing is dated in the future',
  'formula': 'the formula of trainable numbers evaluates, and gives the example',
  'duplicate-name': 'two methods have two names',
  'duplicate-work': 'one bibliography entry a work',
  'repeated-key': 'each bibliography key once',
  'bibtex-syntax': 'the bibliography is BibTeX',
  'no-bibliography': 'references.bib is there',
  'unsafe-html': 'text is Markdown: no tags, no addresses that carry script',
  'unknown-directive': 'the only directives are :cite[key], :recall[text] and :measured[words]{place}',
  'dead-link': 'a link within the atlas leads to an entry',
  'missing-section': 'the page has the headings of its kind',
  'empty-body': 'an entry has a text',
} as const;
export type Rule = keyof typeof rules;

/** One mistake, at one place. */
export interface Finding extends Position {
  /** Path in the content folder. */
  readonly file: string;
  readonly rule: Rule;
  /** The offending text, or '' where something is missing. */
  readonly found: string;
  /** What may stand there. */
  readonly allowed: string;
  /** The nearest allowed word, or null. */
  readonly suggestion: string | null;
  /**
   * The line as it could stand, or null. Where something is missing (`found` is ''), a line to add: above this one for a
   * field at the margin, a section or a text, below it for a field of something.
   */
  readonly fixed: string | null;
  /** Where it is written what may stand there: a file of the project, with the heading. */
  readonly definition: string;
}

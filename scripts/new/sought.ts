import type { Family, MethodEntry } from '../../src/knowledge/index.ts';
import type { TaxonomyClass } from '../../src/taxonomy/index.ts';

/** The answers that were given as flags; what is missing is asked, or named where nobody can be asked. */
export interface Sought {
  readonly frozen?: boolean | undefined;
  readonly class: Partial<TaxonomyClass>;
  readonly rationale: Readonly<Partial<Record<keyof TaxonomyClass, string>>>;
  readonly family?: Family | undefined;
  readonly modalities?: MethodEntry['modalities'] | undefined;
  readonly name?: string | undefined;
  readonly summary?: string | undefined;
  readonly bibtex?: string | undefined;
  readonly arxiv?: string | undefined;
  readonly title?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  readonly year?: number | undefined;
  readonly venue?: string | undefined;
  readonly code?: string | undefined;
  readonly formula?: string | undefined;
  readonly where?: Readonly<Record<string, string>> | undefined;
  readonly unknown?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly does?: string | undefined;
  readonly setting?: string | undefined;
  readonly meaning?: string | undefined;
  /** The nearest entries have been looked at. */
  readonly isNew: boolean;
}

import type { Dimension } from '../../../taxonomy/index.ts';
import type { MethodEntry } from '../../../knowledge/index.ts';

/** A dimension in which an entry departs from its row in the companion list. */
export interface ListedDifference {
  readonly dimension: Dimension;
  /** The cell of the list, as written there. */
  readonly listed: string;
  readonly here: readonly string[];
}

/** The list's column for each dimension, and how its spellings read in the values of the taxonomy. */
const columns = {
  configuration: {
    column: 'mechanism',
    spellings: [
      [/^(model|adversarial)-reprogramming$/, 'learnable'],
      [/^(prompt-tuning|soft-prompts)$/, 'learnable'],
      [/^prompt-instruction$/, 'fixed'],
    ],
  },
  location: {
    column: 'location',
    spellings: [
      [/^input/, 'input'],
      [/^embedding/, 'embedding'],
      [/^(intermediate|hidden)/, 'hidden'],
    ],
  },
  operator: {
    column: 'operator',
    spellings: [
      [/^add/, 'additive'],
      [/^concat/, 'concatenative'],
      [/^parametric/, 'parametric'],
    ],
  },
  alignment: {
    column: 'alignment',
    spellings: [
      [/^identi/, 'identity'],
      [/^(rule|structural)/, 'structural'],
      [/^statistical/, 'statistical'],
      [/^linear/, 'linear'],
    ],
  },
} as const;

/** Where an entry's class isn't what its row in the companion list says, dimension by dimension; spelling doesn't count. */
export function listedDifferences(entry: MethodEntry): readonly ListedDifference[] {
  const row = entry.classification?.listed;
  if (!row) return [];
  return (['configuration', 'location', 'operator', 'alignment'] as const).flatMap((dimension) => {
    const { column, spellings } = columns[dimension];
    const listed = row[column];
    if (listed === undefined) return [];
    const read = listed.split('/').map((part) => {
      const word = part.trim().toLowerCase();
      return spellings.find(([form]) => form.test(word))?.[1] ?? word;
    });
    const here: readonly string[] = entry[dimension] ?? [];
    const isSame = read.length === here.length && here.every((value) => read.some((word) => word === value));
    return isSame ? [] : [{ dimension, listed, here }];
  });
}

import { alignments, configurations, locations, operators } from '../taxonomy/index.ts';
import type { TaxonomyClass } from '../taxonomy/index.ts';
import type { Alignment, Manipulation } from './types.ts';

/**
 * The class of a composition, computed from what it is: λ learnable exactly where there are parameters, ℓ and τ from the
 * site and the action that the engine performs, ω from the alignment. A composition without manipulations has empty
 * sets for λ, ℓ and τ.
 */
export function classOf(manipulations: readonly Manipulation[], alignment: Alignment): TaxonomyClass {
  const isLearnable = (m: Manipulation): boolean => Object.keys(m.parameters).length > 0;
  return {
    configuration: configurations.filter((value) => manipulations.some((m) => isLearnable(m) === (value === 'learnable'))),
    location: locations.filter((value) => manipulations.some((m) => m.site.location === value)),
    operator: operators.filter((value) => manipulations.some((m) => m.action.operator === value)),
    alignment: alignments.filter((value) => value === alignment.kind),
  };
}

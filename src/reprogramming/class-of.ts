import { alignments, configurations, locations, operators } from '../taxonomy/index.ts';
import type { AlignmentKind, Location, Operator, TaxonomyClass } from '../taxonomy/index.ts';
import type { Alignment, Manipulation, ParameterSpecs } from './types.ts';

/** What of a manipulation decides its class, whatever kind of network it enters. */
export interface Classed {
  readonly site: { readonly location: Location };
  readonly action: { readonly operator: Operator };
  readonly parameters: ParameterSpecs;
}

/**
 * The class of a composition, computed from what it is: λ learnable exactly where there are parameters, ℓ and τ from the
 * site and the action that the engine performs, ω from the alignment. A composition without manipulations has empty
 * sets for λ, ℓ and τ.
 */
export function classOf(manipulations: readonly Manipulation[], alignment: Alignment): TaxonomyClass {
  return classOfParts(manipulations, [alignment.kind]);
}

/** As {@link classOf}, of an alignment in several parts. */
export function classOfParts(manipulations: readonly Classed[], kinds: readonly AlignmentKind[]): TaxonomyClass {
  const isLearnable = (m: Classed): boolean => Object.keys(m.parameters).length > 0;
  return {
    configuration: configurations.filter((value) => manipulations.some((m) => isLearnable(m) === (value === 'learnable'))),
    location: locations.filter((value) => manipulations.some((m) => m.site.location === value)),
    operator: operators.filter((value) => manipulations.some((m) => m.action.operator === value)),
    alignment: alignments.filter((value) => kinds.includes(value)),
  };
}

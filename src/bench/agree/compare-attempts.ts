import type { MethodOnBackend, TriedMethod } from '../../results/index.ts';
import { relativeDifference } from './relative-difference.ts';
import type { Attempt } from './try-method.ts';

/** Within which a method agrees for a tolerance factor of 1. */
export interface Bounds {
  /** Relative difference of the losses. */
  readonly losses: number;
  /** Relative difference of what the alignment reads. */
  readonly outputs: number;
  /** Least share of equal predictions. */
  readonly equal: number;
}

type Compared = Extract<MethodOnBackend, { status: 'compared' }>;
export type Differences = Pick<Compared, 'parameters' | 'losses' | 'outputs' | 'equal' | 'of'>;

/** A loss far below that is no more than an answer that is sure: what differs there changes nothing. */
const oneNat = 1;

const orNull = (difference: number): number | null => (Number.isFinite(difference) ? difference : null);

function worstParameters(reference: Attempt['parameters'], other: Attempt['parameters']): Compared['parameters'] {
  const names = [...new Set([...Object.keys(reference), ...Object.keys(other)])];
  const [first, ...others] = names.map((name) => ({ tensor: name, difference: relativeDifference(reference[name] ?? [], other[name] ?? []) }));
  if (!first) return undefined;
  const worst = others.reduce((most, each) => (each.difference > most.difference ? each : most), first);
  return { tensor: worst.tensor, difference: orNull(worst.difference) };
}

/** How far an attempt is from the same one on the reference. What neither has is left out. */
export function compareAttempts(reference: Attempt, other: Attempt): Differences {
  const parameters = worstParameters(reference.parameters, other.parameters);
  const hasLosses = reference.losses.length + other.losses.length > 0;
  const [a, b] = [reference.outputs, other.outputs];
  return {
    ...(parameters ? { parameters } : {}),
    ...(hasLosses ? { losses: orNull(relativeDifference(reference.losses, other.losses, oneNat)) } : {}),
    ...(a || b ? { outputs: orNull(relativeDifference(a ?? [], b ?? [])) } : {}),
    equal: reference.predictions.filter((answer, index) => answer === other.predictions[index]).length,
    of: reference.predictions.length,
  };
}

/**
 * `agrees`: within the bounds. `unsettled`: not, but no farther than ten nudges of the reference's own examples lead it, so
 * that nothing can be told. `disagrees`: farther than both.
 */
export type Verdict = Compared['verdict'];

/** How many nudges a difference may be worth, before the back-end's factor. */
const nudges = 10;

const within = (difference: number | null | undefined, bound: number): boolean => difference === undefined || (difference !== null && difference <= bound);

/**
 * What differences come to under the bounds, widened by the back-end's factor; one that is no number disagrees. `nudged`: the
 * differences between the reference and itself on nudged examples, where there are such.
 */
export function judge({ parameters, losses, outputs, equal, of }: Differences, bounds: Bounds, factor: number, nudged?: Differences): Verdict {
  if (parameters?.difference === null || losses === null || outputs === null) return 'disagrees';
  const isNear = within(losses, bounds.losses * factor) && within(outputs, bounds.outputs * factor);
  if (isNear && equal >= bounds.equal * of) return 'agrees';
  const reach = nudges * factor;
  const isUnsettled =
    nudged !== undefined &&
    within(losses, Math.max(bounds.losses * factor, (nudged.losses ?? 0) * reach)) &&
    within(outputs, Math.max(bounds.outputs * factor, (nudged.outputs ?? 0) * reach));
  return isUnsettled ? 'unsettled' : 'disagrees';
}

/** How many numbers {@link compareAttempts} compares as parameters. */
export const countOf = ({ parameters }: Attempt): TriedMethod['numbers'] =>
  Object.values(parameters).reduce((sum, values) => sum + values.length, 0);

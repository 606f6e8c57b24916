import type { Architecture } from '../models/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { askedAt, attendedAt, manipulate } from './manipulate.ts';
import type { Manipulation } from './types.ts';

/** A manipulation with its parameters in place. */
export interface Placed {
  readonly manipulation: Manipulation;
  readonly λ: Params;
}

/** What of a network manipulations stand before: everything but its classes. */
export interface Network {
  /** For messages. */
  readonly id: string;
  readonly architecture: Pick<Architecture, 'frontEnd' | 'embed' | 'blocks' | 'sideReaders' | 'features'>;
  readonly weights: Params;
}

export const isRaw = ({ site }: Manipulation): boolean => site.location === 'input' && site.enters !== 'spectrogram';
const isAtSpectrogram = ({ site }: Manipulation): boolean => site.location === 'input' && site.enters === 'spectrogram';
const isAt = (enters: 'state' | 'keys-and-values' | 'queries', block: number) => ({ site }: Manipulation): boolean =>
  site.location === 'hidden' && site.block === block && site.enters === enters;

export const isAsking = ({ action }: Manipulation): boolean => 'asks' in action;

/** @throws RangeError where a manipulation would enter at a place that the network doesn't have */
export function checkSites({ id, architecture: { frontEnd, sideReaders, blocks } }: Network, manipulations: readonly Manipulation[]): void {
  if (!frontEnd && manipulations.some(isAtSpectrogram)) {
    throw new RangeError(`${id} computes no spectrogram; a manipulation would enter there.`);
  }
  if (!sideReaders && manipulations.some(isAsking)) {
    throw new RangeError(`${id} has no attention that could answer side queries.`);
  }
  for (const { site } of manipulations) {
    if (site.location === 'hidden' && (site.block < 0 || site.block >= blocks.length)) {
      throw new RangeError(`${id} has blocks 0 to ${blocks.length - 1}; a manipulation names block ${site.block}.`);
    }
  }
}

/**
 * x through the network, every manipulation at its site, in the order of the list: features `[batch, featureWidth]` and what
 * side queries found. `isPrepared` says that the front end has been computed already. The tensors belong to the caller's
 * scope.
 */
export function throughNetwork(
  { id, architecture, weights }: Network,
  at: readonly Placed[],
  x: Tensor,
  isPrepared = false,
): { readonly features: Tensor; readonly sideOutputs: readonly Tensor[] } {
  const { frontEnd, embed, blocks, sideReaders } = architecture;
  const enter = (state: Tensor, here: (m: Manipulation) => boolean): Tensor =>
    at.reduce((now, { manipulation, λ }) => (here(manipulation) ? manipulate(manipulation, λ, now) : now), state);
  const raw = enter(x, isRaw);
  const input = enter(frontEnd && !isPrepared ? frontEnd.compute(raw) : raw, isAtSpectrogram);
  let state = enter(embed(weights, input), (m) => m.site.location === 'embedding');
  const sideOutputs: Tensor[] = [];
  blocks.forEach((block, index) => {
    const here = (enters: 'keys-and-values' | 'queries') => at.filter(({ manipulation }) => isAt(enters, index)(manipulation));
    state = enter(state, isAt('state', index));
    for (const queries of askedAt(here('queries'))) {
      const reader = sideReaders?.[index];
      if (!reader) throw new Error(`${id} answers no side queries.`);
      sideOutputs.push(reader(weights, state, queries));
    }
    state = block(weights, state, attendedAt(here('keys-and-values')));
  });
  return { features: architecture.features(weights, state), sideOutputs };
}

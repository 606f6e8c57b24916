import type { ContextPlace } from '../../models/index.ts';
import { entry } from '../../tensor/index.ts';
import { normal } from '../parameters.ts';
import { contextAct } from '../pair/context-act.ts';
import type { PairManipulation } from '../pair/types.ts';

export interface ContextVectorsOptions {
  /** How many vectors a text has. */
  readonly count: number;
  /** Width of a token's embedding. */
  readonly width: number;
  /** Every class has its own ones, where they aren't shared: so many classes. */
  readonly ownFor?: number;
  readonly place?: ContextPlace;
  /** The words that stay; `{}` is where the class name goes. */
  readonly template: string;
}

/**
 * Learned vectors among the tokens of a class name, `[count, width]`, or `[classes · count, width]` where every class has its
 * own; they start normal with deviation 0.02 (CoOp, Zhou et al. 2022, arXiv 2109.01134; KaiyangZhou/CoOp:trainers/coop.py).
 */
export function contextVectors({ count, width, ownFor, place = 'before', template }: ContextVectorsOptions): PairManipulation {
  return {
    parameters: { context: normal([(ownFor ?? 1) * count, width], 0.02) },
    acts: [contextAct({ count, perClass: ownFor !== undefined, place, template, vectors: (λ) => entry(λ, 'context') })],
  };
}

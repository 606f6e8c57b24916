import type { Params, Tensor } from '../tensor/index.ts';
import type { Architecture } from './types.ts';

/** What a network makes of x, nothing done to it: embed → blocks → features, `[batch, featureWidth]`; x as `embed` takes it. */
export function featuresOf({ embed, blocks, features }: Architecture, weights: Params, x: Tensor): Tensor {
  return features(weights, blocks.reduce((state, block) => block(weights, state), embed(weights, x)));
}

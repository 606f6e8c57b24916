import type { FrozenModel } from '../models/index.ts';
import { countNumbers } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import type { WeightChange } from './adapt-weights.ts';

const prefix = 'model.';

/** Trains copies of the chosen weights themselves, under `model.<name>`; the classifier's are never among them. */
export function trainedWeights({ architecture, weights }: FrozenModel, isTrained: (name: string) => boolean): WeightChange {
  const chosen = Object.entries(weights).filter(([name]) => !architecture.classifierWeights.includes(name) && isTrained(name));
  return {
    count: countNumbers(Object.fromEntries(chosen)),
    initialise: () => Object.fromEntries(chosen.map(([name, tensor]) => [`${prefix}${name}`, tensor.clone()])),
    weights: (trained, frozen) => ({ ...frozen, ...withoutPrefix(trained) }),
  };
}

/** The part of the tree that replaces the model's weights, under the model's own names. */
function withoutPrefix(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, tensor]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [])),
  );
}

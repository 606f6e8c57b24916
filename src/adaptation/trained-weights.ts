import type { FrozenLanguageModel, FrozenModel } from '../models/index.ts';
import { countNumbers, tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import type { WeightChange } from './adapt-weights.ts';

const prefix = 'model.';

/** Trains copies of the chosen weights themselves, under `model.<name>`; the classifier's are never among them. */
export function trainedWeights({ architecture, weights }: FrozenModel, isTrained: (name: string) => boolean): WeightChange {
  return copiesOf(weights, (name) => !architecture.classifierWeights.includes(name) && isTrained(name));
}

/** The same in a language model, which answers by its own head: that is trained like the rest. */
export function trainedLanguageWeights({ weights }: FrozenLanguageModel, isTrained: (name: string) => boolean): WeightChange {
  return copiesOf(weights, isTrained);
}

function copiesOf(weights: Params, isTrained: (name: string) => boolean): WeightChange {
  const chosen = Object.entries(weights).filter(([name]) => isTrained(name));
  return {
    count: countNumbers(Object.fromEntries(chosen)),
    initialise: () => Object.fromEntries(chosen.map(([name, tensor]) => [`${prefix}${name}`, tensor.clone()])),
    weights: (trained, frozen) => ({ ...frozen, ...withoutPrefix(trained) }),
  };
}

/**
 * Trains the biases of a language model. One that has none (Llama's family) gets a bias of zeros for every matrix of its
 * blocks first, which changes nothing until they are trained.
 */
export function trainedBiases(model: FrozenLanguageModel): WeightChange {
  const own = trainedLanguageWeights(model, isBias);
  if (own.count > 0) return own;
  const fresh = model.architecture.shapes.flatMap(([name, [, out]]) =>
    name.startsWith('blocks.') && name.endsWith('.weight') && out !== undefined ? [[name.replace(/weight$/, 'bias'), out] as const] : [],
  );
  return {
    count: fresh.reduce((sum, [, out]) => sum + out, 0),
    initialise: () => Object.fromEntries(fresh.map(([name, out]) => [`${prefix}${name}`, tf.zeros([out])])),
    weights: (trained, frozen) => ({ ...frozen, ...withoutPrefix(trained) }),
  };
}

/** Biases, and the shifts of layer norms among them. */
export const isBias = (name: string): boolean => name.endsWith('.bias') || name.endsWith('.shift');

/** The part of the tree that replaces the model's weights, under the model's own names. */
function withoutPrefix(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, tensor]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [])),
  );
}

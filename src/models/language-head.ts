import { linear, tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { LanguageArchitecture } from './language-architecture.ts';
import { weight } from './weight.ts';

/** Logits by the token embeddings themselves: features `[…, width]` · tableᵀ → `[…, vocabulary]`. */
function tiedHead(table: Tensor, features: Tensor): Tensor {
  const [vocabulary = 0, width = 0] = table.shape;
  const logits = tf.matMul(tf.reshape(features, [-1, width]), table, false, true);
  return tf.reshape(logits, [...features.shape.slice(0, -1), vocabulary]);
}

/** The head of a language model: the token embeddings once more where it is tied, or a matrix of its own. */
export function languageHead(isTied: boolean): Pick<LanguageArchitecture, 'classify' | 'classifierWeights'> {
  return {
    classify: (weights, features) =>
      isTied ? tiedHead(weight(weights, 'embed.token'), features) : linear(features, weight(weights, 'head.weight')),
    classifierWeights: isTied ? [] : ['head.weight'],
  };
}

import type { FrozenLanguageModel, Reads } from '../../models/index.ts';
import { entry, linear, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { zeros } from '../parameters.ts';
import type { ParameterSpecs } from '../types.ts';
import type { LanguageHeadClasses } from './reprogram-language.ts';
import type { Reading } from './types.ts';

/** What stands between what a model gives and the scores of an answer's tokens. */
export interface ReadingHead {
  readonly parameters: ParameterSpecs;
  readonly reads: Reads;
  readonly align: (params: Params, outputs: Tensor) => Tensor;
}

/** Columns `[width, classes]`: for each class the mean of what the head has for the tokens of its words, row-major. */
function fromClassWords({ architecture, weights }: FrozenLanguageModel, classTokens: readonly (readonly number[])[]): Float32Array {
  const { width } = architecture;
  const rows = tf.tidy(() => Float32Array.from(architecture.classify(weights, tf.eye(width)).dataSync()));
  const vocabulary = rows.length / width;
  const start = new Float32Array(width * classTokens.length);
  for (let feature = 0; feature < width; feature += 1) {
    classTokens.forEach((tokens, k) => {
      const sum = tokens.reduce((total, token) => total + (rows[feature * vocabulary + token] ?? 0), 0);
      start[feature * classTokens.length + k] = sum / tokens.length;
    });
  }
  return start;
}

/**
 * The learned linear map of a reading, where it has one: `alignment.weight` `[width, classes]` (with open answers
 * `[width, vocabulary]`) and, if wished, `alignment.bias`; it starts at zero or from what the model's own head has for the
 * classes' words. Without one, logits pass as they are.
 */
export function readingHead(model: FrozenLanguageModel, reading: Reading, classes: LanguageHeadClasses): ReadingHead {
  if (reading.as !== 'head') return { parameters: {}, reads: 'logits', align: (_, logits) => tf.clone(logits) };
  const { width, vocabulary } = model.architecture;
  const words = classes ?? Array.from({ length: vocabulary }, (_, token) => [token]);
  const shape = [width, words.length];
  const weight = reading.start === 'zero' ? zeros(shape) : { shape, initial: () => fromClassWords(model, words) };
  return {
    parameters: { 'alignment.weight': weight, ...(reading.bias ? { 'alignment.bias': zeros([words.length]) } : {}) },
    reads: 'features',
    align: (params, features) => {
      const matrix = entry(params, 'alignment.weight');
      return reading.bias ? linear(features, matrix, entry(params, 'alignment.bias')) : linear(features, matrix);
    },
  };
}

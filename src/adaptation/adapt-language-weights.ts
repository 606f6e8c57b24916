import { alignmentOf, readingHead } from '../reprogramming/index.ts';
import type { AdaptedLanguage, Begun, LanguageSetting, Reading } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';
import type { WeightChange } from './adapt-weights.ts';

const reading: Reading = { as: 'answer' };

/**
 * Parameter-centric adaptation of a language model: it computes with changed weights and answers by its own head. The frozen
 * model itself stays as it is; it has no class in the taxonomy.
 */
export function adaptLanguageWeights({ model, classTokens }: LanguageSetting, change: WeightChange): AdaptedLanguage {
  const head = readingHead(model, reading, classTokens);
  return {
    taxonomy: null,
    words: [],
    reading,
    alignment: alignmentOf(reading, classTokens !== null),
    trainable: change.count,
    initialise: change.initialise,
    trigger: null,
    begin: (params) => {
      const kept = new Set([...Object.values(params), ...Object.values(model.weights)]);
      const made: Begun[] = [];
      tf.tidy(() => {
        const weights = change.weights(params, model.weights);
        made.push({ weights, front: null, unread: null, extra: null });
        return Object.values(weights).filter((tensor) => !kept.has(tensor));
      });
      const [begun] = made;
      if (!begun) throw new Error('No weights were made.');
      return begun;
    },
    reads: head.reads,
    align: head.align,
  };
}

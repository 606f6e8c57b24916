import type { AdaptedLanguage, LanguageSetting } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';

/** A baseline that judges questions without the language model it stands beside. */
export function withoutModel({ model }: LanguageSetting, judge: NonNullable<AdaptedLanguage['judge']>): AdaptedLanguage {
  return {
    taxonomy: null,
    words: [],
    reading: { as: 'answer' },
    alignment: ['identity'],
    trainable: 0,
    initialise: () => ({}),
    trigger: null,
    begin: () => ({ weights: model.weights, front: null, unread: null, extra: null }),
    reads: 'logits',
    align: (_, outputs) => tf.clone(outputs),
    judge,
  };
}

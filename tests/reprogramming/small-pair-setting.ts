import { pairSetting } from '../../src/bench/pair/pair-setting.ts';
import type { OpenedPairSetting } from '../../src/bench/pair/pair-setting.ts';
import type { FrozenImageTextModel } from '../../src/models/index.ts';
import type { Adapted, Method, Options, PairWording } from '../../src/reprogramming/index.ts';
import { createGenerator } from '../../src/random/index.ts';
import { tf, valueAndGradients } from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';
import { drawn } from '../models/drawn-tensors.ts';

export const names = ['ring', 'red target', 'a large green plus', 'cat'] as const;

/** What four classes are called to the small pair; names have different numbers of tokens. */
export const smallWording: PairWording = {
  names,
  templates: ['a photo of a {}.', 'art of the {}.', 'itap of a {}.'],
  synonyms: [['hoop', 'circle'], [], ['green cross'], ['kitten']],
  descriptions: names.map((name) => [`a round ${name}.`, `this is how one draws a ${name}`, `there is one ${name} on the wall.`, `a small ${name} in the dark.`]),
  distinctions: names.map((name) => [`nothing but a ${name} looks so.`, `the corners of a ${name}`, `by its colour, a ${name}.`, `few things are a ${name}, most are not.`]),
};

/** What a method is applied to on a pair, with its own options where no others are given. */
export function opened(model: FrozenImageTextModel, { options }: Pick<Method, 'options'>, given: Options = {}, wording: PairWording = smallWording): OpenedPairSetting {
  return pairSetting(model, wording, { ...options, ...given });
}

/** Values of the size of trained ones for every parameter; biases are above 0, so that units behind them answer. */
export function livelyParams(adapted: Pick<Adapted, 'initialise'>): Params {
  return Object.fromEntries(
    Object.entries(adapted.initialise(createGenerator('start'))).map(([name, first]) => {
      const values = tf.tidy(() => {
        const moved = tf.add(first, drawn(`lively ${name}`, first.shape, 0.4));
        return name.endsWith('.bias') ? tf.abs(moved) : moved;
      });
      first.dispose();
      return [name, values];
    }),
  );
}

/** Gradients of a sum of the logits under drawn signs and weights, so that none cancels by symmetry. */
export function gradientsOf(logits: (params: Params) => Tensor, params: Params): Params {
  const { value, gradients } = valueAndGradients((now) => {
    const read = logits(now);
    return tf.sum(tf.mul(read, drawn('wanted', read.shape)));
  }, params);
  value.dispose();
  return gradients;
}

import { contextAct, countOption, normal, onlyPairs, reprogramPair, uniformWithin } from '../reprogramming/index.ts';
import type { Method, PairManipulation, PairSetting } from '../reprogramming/index.ts';
import { entry, linear, relu, tf } from '../tensor/index.ts';
import { nameAsItEnds } from './name-as-it-ends.ts';

/** d → d/16 → width, as in the code; at least 4 units stand between. */
const hiddenUnits = (embeddingWidth: number): number => Math.max(4, Math.floor(embeddingWidth / 16));

/**
 * CoCoOp (Zhou et al. 2022, arXiv 2203.05557; KaiyangZhou/CoOp:trainers/cocoop.py): CoOp's shared vectors, each moved by what
 * a small network makes of the picture: v_m(x) = v_m + h(f(x)), so that every picture has class texts of its own.
 */
export const cocoop: Method = {
  id: 'cocoop',
  name: 'CoCoOp',
  family: 'PT',
  paper: 'zhou2022cocoop',
  follows: 'code',
  file: 'src/methods/cocoop.ts',
  options: { vectors: 4 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.003, 0.01, 0.03],
    initial: 'vectors normal with deviation 0.02; network uniform within 1/√(its inputs)',
  },
  trainable: 'M·d + v·h + h + h·d + d, h = ⌊v/16⌋ but at least 4',
  tricks: [
    { name: 'embeddings of pictures computed once', exact: true },
    { name: 'what all class texts of a picture begin with is read once, nothing behind their ends', exact: true },
  ],
  adapt: onlyPairs('CoCoOp'),
  adaptPair: (setting) =>
    reprogramPair(setting, { manipulations: [conditionalContext(setting)], reading: { as: 'nearest-text' } }),
};

function conditionalContext({ model, options, wording }: PairSetting): PairManipulation {
  const { embeddingWidth, language } = model.architecture.text;
  const count = countOption(options, 'vectors');
  const hidden = hiddenUnits(embeddingWidth);
  const layer = (name: string, from: number, to: number) => ({
    [`${name}.weight`]: uniformWithin([from, to], 1 / Math.sqrt(from)),
    [`${name}.bias`]: uniformWithin([to], 1 / Math.sqrt(from)),
  });
  return {
    parameters: {
      context: normal([count, language.width], 0.02),
      ...layer('in', embeddingWidth, hidden),
      ...layer('out', hidden, language.width),
    },
    acts: [
      contextAct({
        count,
        template: nameAsItEnds(wording),
        ofPictures: true,
        vectors: (λ, pictures) => {
          const inner = relu(linear(pictures, entry(λ, 'in.weight'), entry(λ, 'in.bias')));
          const moved = linear(inner, entry(λ, 'out.weight'), entry(λ, 'out.bias'));
          return tf.add(tf.expandDims(entry(λ, 'context'), 0), tf.expandDims(moved, 1));
        },
      }),
    ],
  };
}

import { contextVectors, countOption, onlyPairs, reprogramPair, wordOption } from '../reprogramming/index.ts';
import type { Method, PairSetting } from '../reprogramming/index.ts';
import { nameAsItEnds } from './name-as-it-ends.ts';

/** Trick of every method that learns on the text side alone. */
export const textSideTricks: Method['tricks'] = [
  { name: 'embeddings of pictures computed once', exact: true },
  { name: 'what all class texts begin with is read once, nothing behind their ends', exact: true },
  { name: 'class texts are read once an evaluation', exact: true },
];

/**
 * CoOp (Zhou et al. 2022, arXiv 2109.01134; KaiyangZhou/CoOp:trainers/coop.py): learned vectors take the place of the words
 * before a class name; all classes share them (`context`: unified), or each has its own (`context`: class-specific).
 */
export const coop: Method = {
  id: 'coop',
  name: 'CoOp',
  family: 'PT',
  paper: 'zhou2022coop',
  follows: 'code',
  file: 'src/methods/coop.ts',
  options: { vectors: 4, context: 'unified' },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'vectors normal with deviation 0.02',
  },
  trainable: 'M·d, or K·M·d where each class has its own',
  tricks: textSideTricks,
  adapt: onlyPairs('CoOp'),
  adaptPair: (setting) => reprogramPair(setting, { manipulations: [contextOf(setting)], reading: { as: 'nearest-text' } }),
};

function contextOf({ model, options, wording }: PairSetting): ReturnType<typeof contextVectors> {
  const isShared = wordOption(options, 'context', ['unified', 'class-specific']) === 'unified';
  return contextVectors({
    count: countOption(options, 'vectors'),
    width: model.architecture.text.language.width,
    template: nameAsItEnds(wording),
    ...(isShared ? {} : { ownFor: wording.names.length }),
  });
}

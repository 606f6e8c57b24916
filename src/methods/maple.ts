import { contextAct, countOption, normal, onlyPairs, reprogramPair, uniformWithin } from '../reprogramming/index.ts';
import type { Method, PairAct, PairManipulation, PairSetting } from '../reprogramming/index.ts';
import { entry, linear } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { nameAsItEnds } from './name-as-it-ends.ts';

/**
 * MaPLe (Khattak et al. 2023, arXiv 2210.03117; muzairkhattak/multimodal-prompt-learning:trainers/maple.py): learned tokens
 * in both towers, those of the image tower made of the text tower's by a learned linear map each; both are replaced in the
 * first `depth` blocks.
 */
export const maple: Method = {
  id: 'maple',
  name: 'MaPLe',
  family: 'PT',
  paper: 'khattak2023maple',
  follows: 'code',
  file: 'src/methods/maple.ts',
  options: { vectors: 2, depth: 2 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.001, 0.003, 0.01],
    initial: 'text vectors normal with deviation 0.02; maps uniform within 1/√width',
  },
  trainable: 'J·M·d + J·(d·w + w)',
  tricks: [
    { name: 'what all class texts begin with is read once, nothing behind their ends', exact: true },
    { name: 'class texts are read once an evaluation', exact: true },
    { name: 'the last block of the image tower computes the class token only', exact: true },
  ],
  adapt: onlyPairs('MaPLe'),
  adaptPair: (setting) =>
    reprogramPair(setting, { manipulations: coupledPrompts(setting), reading: { as: 'nearest-text' } }),
};

/** The image tower's tokens, of the text tower's. */
const mapped = (λ: Params): Tensor => linear(entry(λ, 'prompt'), entry(λ, 'map.weight'), entry(λ, 'map.bias'));

function coupledPrompts({ model: { id, architecture }, options, wording }: PairSetting): readonly PairManipulation[] {
  const count = countOption(options, 'vectors');
  const depth = countOption(options, 'depth');
  const { width } = architecture.text.language;
  const { width: imageWidth = 0, blocks } = architecture.image;
  const most = Math.min(blocks.length, architecture.text.language.depth);
  if (depth > most) throw new RangeError(`Option "depth" is ${depth}; both towers of ${id} have ${most} blocks at least, so choose 1 to ${most}.`);
  return Array.from({ length: depth }, (_, block): PairManipulation => {
    const acts: readonly PairAct[] =
      block === 0
        ? [
            contextAct({ count, template: nameAsItEnds(wording), vectors: (λ) => entry(λ, 'prompt') }),
            {
              tower: 'image',
              site: { location: 'embedding' },
              action: { operator: 'concatenative', join: { as: 'tokens-after-class' }, extra: mapped },
            },
          ]
        : [
            { tower: 'text', site: { location: 'hidden', block }, action: { operator: 'concatenative', inPlace: (λ) => entry(λ, 'prompt') } },
            {
              tower: 'image',
              site: { location: 'hidden', block, enters: 'state' },
              action: { operator: 'concatenative', join: { as: 'in-place-of-tokens' }, extra: mapped },
            },
          ];
    return {
      parameters: {
        prompt: normal([count, width], 0.02),
        'map.weight': uniformWithin([width, imageWidth], 1 / Math.sqrt(width)),
        'map.bias': uniformWithin([imageWidth], 1 / Math.sqrt(width)),
      },
      acts,
    };
  });
}

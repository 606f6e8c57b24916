import { attendedKeyValues, attendedPrompts, countOption, prunedPrompts, reprogram, shareOption, wholeCanvas } from '../reprogramming/index.ts';
import type { Adapted, Manipulation, Method, Options, Setting } from '../reprogramming/index.ts';
import { mostImportant, promptImportance } from './prompt-importance.ts';
import type { CutPrompts } from './prompt-importance.ts';
import { promptShape } from './prompt-shape.ts';

/** How many of `all` stay where a share is pruned; one at least. */
const left = (all: number, pruned: number): number => Math.max(1, all - Math.floor(all * pruned));

function segmentsOf(options: Options, width: number): number {
  const segments = countOption(options, 'segments');
  if (width % segments !== 0) {
    throw new RangeError(`Option "segments" is ${segments}; prompts of width ${width} can't be cut into so many equal ones.`);
  }
  return segments;
}

/** Key-value prompts start by the code's Kaiming rule, uniform within √(6 / (count · width of a head)). */
function keyValuePrompts({ model: { architecture }, options }: Setting, width: number): readonly Manipulation[] {
  const count = countOption(options, 'keyValues');
  const bound = Math.sqrt(6 / (count * (width / (architecture.heads ?? 1))));
  return architecture.blocks.map((_, block) => attendedKeyValues({ block, count, width, bound }));
}

function adapt(setting: Setting): Adapted {
  const { model, targets, options } = setting;
  const { blocks, input } = model.architecture;
  const shape = promptShape(model, 'E2VPT');
  const prompts = { count: countOption(options, 'tokens'), ...shape };
  const segments = segmentsOf(options, shape.width);
  const keep = {
    prompts: left(prompts.count, shareOption(options, 'pruned')),
    segments: left(segments, shareOption(options, 'prunedSegments')),
  };
  const keyValues = keyValuePrompts(setting, shape.width);
  const composed = (visual: readonly Manipulation[]): Adapted =>
    reprogram(
      model,
      {
        fit: wholeCanvas(input),
        manipulations: [...visual, ...keyValues],
        alignment: { kind: 'linear', reads: 'features', start: 'probe' },
      },
      targets,
    );
  const cut: CutPrompts = { ...prompts, segments, names: blocks.map((_, block) => `manipulation.${block}.prompt`) };
  return {
    ...composed(blocks.map((_, block) => attendedPrompts({ block, ...prompts }))),
    rewind: {
      share: shareOption(options, 'firstCourse'),
      importance: (params, gradients) => promptImportance(cut, params, gradients),
      next: (importance) => {
        const kept = mostImportant(cut, importance, keep);
        return composed(blocks.map((_, block) => prunedPrompts({ block, ...prompts, segments, kept })));
      },
    },
  };
}

/**
 * E²VPT (Han et al. 2023, arXiv 2307.13770; ChengHan111/E2VPT): as VPT-deep, every block gets P learned tokens, and besides
 * them Q vectors that its attention reads as keys and values. A first course of training finds out which tokens, and which
 * segments of each, the loss depends on; the others are pruned, and the rest is trained again from its first values. A
 * linear head, which starts from the linear probe, reads the class token.
 */
export const e2vpt: Method = {
  id: 'e2vpt',
  name: 'E2VPT',
  family: 'PT',
  paper: 'han2023e2vpt',
  follows: 'code',
  file: 'src/methods/e2vpt.ts',
  options: { tokens: 8, keyValues: 4, pruned: 0.5, segments: 8, prunedSegments: 0.25, firstCourse: 0.5 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial:
      'prompts uniform within √(6 / (numbers of a token + width)), key-value prompts within √(6 / (their number · width of a head)); head from the linear probe; both courses alike',
  },
  trainable: 'L·(P + Q)·d + d·K + K before pruning',
  tricks: [
    { name: 'prompts as keys and values only, projected once a batch', exact: true },
    { name: 'importance from gradients of the prompts, without masks', exact: true },
    { name: 'the last block computes the class token only', exact: true },
  ],
  adapt,
};

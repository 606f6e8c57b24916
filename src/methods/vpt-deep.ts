import { attendedPrompts, countOption, onImage, reprogram, reprogramPair, wholeCanvas } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { promptShape } from './prompt-shape.ts';

/**
 * VPT-deep (Jia et al. 2022, arXiv 2203.12119; KMnP/vpt:src/models/vit_prompt/vit.py): every block gets P learned tokens of
 * its own, which take the place of those before, and a linear head reads the class token. What a block makes of its
 * prompts is thrown away, so they are only ever its keys and values. The head starts from the linear probe, as in
 * `vptShallow`.
 */
export const vptDeep: Method = {
  id: 'vpt-deep',
  name: 'VPT-deep',
  family: 'PT',
  paper: 'jia2022vpt',
  follows: 'code',
  file: 'src/methods/vpt-deep.ts',
  options: { tokens: 8 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'prompts uniform within √(6 / (3·patch² + width)); head from the linear probe',
  },
  trainable: 'L·P·d + d·K + K',
  tricks: [
    { name: 'prompts as keys and values only, projected once a batch', exact: true },
    { name: 'the last block computes the class token only', exact: true },
  ],
  adaptPair: (setting) => {
    const { model, options } = setting;
    const { id, architecture: { image } } = model;
    const prompts = { count: countOption(options, 'tokens'), ...promptShape({ id, architecture: image }, 'VPT-deep') };
    return reprogramPair(setting, {
      manipulations: image.blocks.map((_, block) => onImage(attendedPrompts({ block, ...prompts }))),
      reading: { as: 'nearest-text' },
    });
  },
  onPair: () => ({
    initial: 'prompts uniform within √(6 / (3·patch² + width))',
    tricks: [
      { name: 'prompts as keys and values only, projected once a batch', exact: true },
      { name: 'class texts are read once', exact: true },
      { name: 'the last block computes the class token only', exact: true },
    ],
  }),
  adapt: ({ model, targets, options }) => {
    const { blocks, input } = model.architecture;
    const prompts = { count: countOption(options, 'tokens'), ...promptShape(model, 'VPT-deep') };
    return reprogram(
      model,
      {
        fit: wholeCanvas(input),
        manipulations: blocks.map((_, block) => attendedPrompts({ block, ...prompts })),
        alignment: { kind: 'linear', reads: 'features', start: 'probe' },
      },
      targets,
    );
  },
};

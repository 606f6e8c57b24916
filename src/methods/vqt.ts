import { countOption, reprogram, sideQueries, wholeCanvas } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { promptShape } from './prompt-shape.ts';

/**
 * Visual query tuning (Tu et al. 2023, arXiv 2212.03220; andytu28/VQT:src/models/vit_backbones/h2t_vit.py): every block gets Q
 * learned queries, which read its tokens and are read by none, so that the features stay those of the frozen network. A
 * linear head, which starts from the linear probe, reads the class token and what all blocks made of their queries, each
 * part at unit length.
 */
export const vqt: Method = {
  id: 'vqt',
  name: 'VQT',
  family: 'PT',
  paper: 'tu2023vqt',
  follows: 'code',
  file: 'src/methods/vqt.ts',
  options: { queries: 1 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'queries uniform within √(6 / (numbers of a token + width)); head from the linear probe',
  },
  trainable: 'L·Q·d + K·(d·(1 + L·Q) + 1)',
  tricks: [
    { name: 'no gradient passes through the frozen features', exact: true },
    { name: 'the last block computes the class token and the queries only', exact: true },
  ],
  adapt: ({ model, targets, options }) => {
    const { blocks, input } = model.architecture;
    const queries = { count: countOption(options, 'queries'), ...promptShape(model, 'VQT') };
    return reprogram(
      model,
      {
        fit: wholeCanvas(input),
        manipulations: blocks.map((_, block) => sideQueries({ block, ...queries })),
        alignment: { kind: 'linear', reads: 'features-and-side-outputs', start: 'probe' },
      },
      targets,
    );
  },
};

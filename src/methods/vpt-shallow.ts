import { countOption, onImage, promptTokens, reprogram, reprogramPair, wholeCanvas } from '../reprogramming/index.ts';
import type { Method } from '../reprogramming/index.ts';
import { promptShape } from './prompt-shape.ts';

/**
 * VPT-shallow (Jia et al. 2022, arXiv 2203.12119; KMnP/vpt:src/models/vit_prompt/vit.py): P learned tokens after the class
 * token of the embedded example, and a linear head on the class token. The head starts from the linear probe, because
 * with few steps a head from zero leaves the prompts below the probe.
 */
export const vptShallow: Method = {
  id: 'vpt-shallow',
  name: 'VPT-shallow',
  family: 'PT',
  paper: 'jia2022vpt',
  follows: 'code',
  file: 'src/methods/vpt-shallow.ts',
  options: { tokens: 8 },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'prompts uniform within √(6 / (3·patch² + width)); head from the linear probe',
  },
  trainable: 'P·d + d·K + K',
  tricks: [{ name: 'the last block computes the class token only', exact: true }],
  adaptPair: (setting) => {
    const { model, options } = setting;
    const shape = promptShape({ id: model.id, architecture: model.architecture.image }, 'VPT-shallow');
    return reprogramPair(setting, {
      manipulations: [onImage(promptTokens({ count: countOption(options, 'tokens'), ...shape }))],
      reading: { as: 'nearest-text' },
    });
  },
  onPair: () => ({
    initial: 'prompts uniform within √(6 / (3·patch² + width))',
    tricks: [
      { name: 'class texts are read once', exact: true },
      { name: 'the last block computes the class token only', exact: true },
    ],
  }),
  adapt: ({ model, targets, options }) =>
    reprogram(
      model,
      {
        fit: wholeCanvas(model.architecture.input),
        manipulations: [promptTokens({ count: countOption(options, 'tokens'), ...promptShape(model, 'VPT-shallow') })],
        alignment: { kind: 'linear', reads: 'features', start: 'probe' },
      },
      targets,
    ),
};

import { pictureInput } from '../models/index.ts';
import { assignmentMap, countOption, firstMap, reprogram, visualPrompt, wholeCanvas, wordOption } from '../reprogramming/index.ts';
import type { Alignment, Method, Setting } from '../reprogramming/index.ts';

/**
 * VP (Bahng et al. 2022, arXiv 2203.17274; hjbahng/visual_prompting:models/prompters.py): a frame or a patch in the corner
 * is added to every picture, which keeps its size. The answer is read by a linear head that starts from the linear probe
 * (`read`: linear), or, as in the code for classifiers, off the first source classes in their order (`read`: identity).
 */
export const vp: Method = {
  id: 'vp',
  name: 'VP',
  family: 'MR',
  paper: 'bahng2022vp',
  follows: 'code',
  file: 'src/methods/vp.ts',
  options: { shape: 'frame', width: 4, read: 'linear' },
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.01, 0.03, 0.1],
    initial: 'prompt standard normal in normalised units; head from the linear probe under that prompt',
  },
  trainable: 'frame: C·(H·W − (H − 2p)·(W − 2p)); patch: C·p²; head: d·K + K',
  tricks: [],
  adapt: (setting) => {
    const { model, targets, options } = setting;
    const input = pictureInput(model, 'VP');
    const shape = wordOption(options, 'shape', ['frame', 'fixed-patch']);
    return reprogram(
      model,
      {
        fit: wholeCanvas(input),
        manipulations: [visualPrompt({ input, shape, width: countOption(options, 'width') })],
        alignment: alignmentOf(setting),
      },
      targets,
    );
  },
};

function alignmentOf({ model, targets, options }: Setting): Alignment {
  if (wordOption(options, 'read', ['linear', 'identity']) === 'linear') return { kind: 'linear', reads: 'features', start: 'probe' };
  const { outputs } = model.architecture;
  if (targets === outputs) return { kind: 'identity' };
  const first = assignmentMap(firstMap(outputs, targets), outputs);
  return { kind: 'structural', reads: 'logits', rule: () => first };
}

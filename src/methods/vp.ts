import { pictureInput, takesPictures } from '../models/index.ts';
import { assignmentMap, countOption, firstMap, onImage, plainTexts, reprogram, reprogramPair, visualPrompt, wholeCanvas, wordOption } from '../reprogramming/index.ts';
import type { Alignment, Method, Options, Setting } from '../reprogramming/index.ts';

/**
 * VP (Bahng et al. 2022, arXiv 2203.17274; hjbahng/visual_prompting:models/prompters.py): a frame, a patch in the corner or
 * (`shape`: whole) a pattern over all of it is added to every picture, which keeps its size. The answer is read by a linear
 * head that starts from the linear probe (`read`: linear), or, as in the code for classifiers, off the first source classes in
 * their order (`read`: identity); on a pair `identity` is the class whose text is nearest.
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
  trainable: 'frame: C·(H·W − (H − 2p)·(W − 2p)); patch: C·p²; whole: C·H·W; head: d·K + K',
  tricks: [],
  adaptPair: (setting) => {
    const { model, options, wording, classifier } = setting;
    const { input } = model.architecture.image;
    if (!takesPictures(input)) throw new RangeError(`${model.id} takes no pictures; VP adds to them.`);
    if (readingOf(options) === 'linear') {
      return vp.adapt({ model: classifier(plainTexts(wording)), targets: wording.names.length, options, verbalizer: null });
    }
    return reprogramPair(setting, {
      manipulations: [onImage(visualPrompt({ input, shape: shapeOf(options), width: countOption(options, 'width') }))],
      reading: { as: 'nearest-text' },
    });
  },
  onPair: (options) => ({
    initial: `prompt standard normal in normalised units, 0 where it covers the whole picture${readingOf(options) === 'linear' ? '; head from the linear probe under that prompt' : ''}`,
    tricks: readingOf(options) === 'linear' ? [] : [{ name: 'class texts are read once', exact: true }],
  }),

  adapt: (setting) => {
    const { model, targets, options } = setting;
    const input = pictureInput(model, 'VP');
    const shape = shapeOf(options);
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

const readingOf = (options: Options) => wordOption(options, 'read', ['linear', 'identity']);
const shapeOf = (options: Options) => wordOption(options, 'shape', ['frame', 'fixed-patch', 'whole']);

function alignmentOf({ model, targets, options }: Setting): Alignment {
  if (readingOf(options) === 'linear') return { kind: 'linear', reads: 'features', start: 'probe' };
  const { outputs } = model.architecture;
  if (targets === outputs) return { kind: 'identity' };
  const first = assignmentMap(firstMap(outputs, targets), outputs);
  return { kind: 'structural', reads: 'logits', rule: () => first };
}

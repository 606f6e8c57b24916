import { featuresOf, unitLength } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { plainTexts, reprogram, reprogramLanguage, wholeCanvas, wordOption } from '../reprogramming/index.ts';
import type { Adapted, Method } from '../reprogramming/index.ts';
import { entry, tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** A probe on a pair whose head starts as the class texts' embeddings, on features at unit length: as zero-shot answers. */
function fromTexts(probe: Adapted, { architecture, weights }: FrozenModel): Adapted {
  const head = (): Tensor => entry(weights, architecture.classifierWeights[0] ?? '');
  return {
    ...probe,
    alignment: { kind: 'linear', reads: 'features', start: 'zero' },
    outputsAre: 'features at unit length',
    outputs: (_, x) => tf.tidy(() => unitLength(featuresOf(architecture, weights, x))),
    initialise: () => ({ 'alignment.weight': head().clone(), 'alignment.bias': tf.zeros([probe.targets]) }),
  };
}

/**
 * The linear probe: the frozen features, computed once, and a linear head. It is the rival that a program or a prompt
 * inside the net must beat to have done anything.
 */
export const linearProbe: Method = {
  id: 'linear-probe',
  name: 'Linear probe',
  family: 'PCA',
  paper: 'kornblith2019transfer',
  follows: 'paper',
  file: 'src/adaptation/linear-probe.ts',
  options: {},
  furtherOptions: ['start'],
  recipe: {
    optimiser: { name: 'adam' },
    schedule: { name: 'cosine' },
    learningRates: [0.0003, 0.001, 0.003],
    initial: 'head from the linear probe of the common recipe, trained on',
  },
  trainable: 'd·K + K',
  tricks: [{ name: 'features computed once', exact: true }],
  adapt: ({ model, targets }) => ({
    ...reprogram(
      model,
      {
        fit: wholeCanvas(model.architecture.input),
        manipulations: [],
        alignment: { kind: 'linear', reads: 'features', start: 'probe' },
      },
      targets,
    ),
    taxonomy: null,
  }),
  adaptPair: ({ classifier, wording, options }) => {
    const network = classifier(plainTexts(wording));
    const targets = wording.names.length;
    const probe = linearProbe.adapt({ model: network, targets, options: {}, verbalizer: null });
    return wordOption({ start: 'probe', ...options }, 'start', ['probe', 'texts']) === 'probe' ? probe : fromTexts(probe, network);
  },
  onPair: () => ({
    initial: 'head from the linear probe of the common recipe, or the texts of the classes',
    tricks: [{ name: 'features computed once', exact: true }],
  }),
  adaptLanguage: ({ model, classTokens }) => {
    if (!classTokens) throw new RangeError('A linear probe chooses among classes; the answers of this task are open.');
    return {
      ...reprogramLanguage(model, { manipulations: [], reading: { as: 'head', start: 'zero', bias: true } }, classTokens),
      taxonomy: null,
    };
  },
  onText: { initial: 'head 0', tricks: [{ name: 'features computed once', exact: true }] },
};

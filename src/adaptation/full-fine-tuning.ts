import {
  alignOutputs,
  countParameters,
  initialParameters,
  linearAlignmentParameters,
  wholeCanvas,
} from '../reprogramming/index.ts';
import type { Alignment, Method } from '../reprogramming/index.ts';
import { countNumbers, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

const prefix = 'model.';

/** The part of the tree that replaces the model's weights, under the model's own names. */
function modelWeights(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  );
}

/**
 * Full fine-tuning: a copy of every weight before the old classifier is trained, with a new linear head that starts from
 * the linear probe. The frozen model itself stays as it is.
 */
export const fullFineTuning: Method = {
  id: 'full-fine-tuning',
  name: 'Full fine-tuning',
  family: 'PCA',
  paper: 'kornblith2019transfer',
  follows: 'paper',
  file: 'src/adaptation/full-fine-tuning.ts',
  options: {},
  recipe: {
    optimiser: { name: 'adamW', weightDecay: 0.01 },
    schedule: { name: 'cosine' },
    learningRates: [0.0003, 0.001, 0.003],
    initial: "the model's weights; head from the linear probe",
  },
  trainable: 'all weights before the classifier + d·K + K',
  tricks: [{ name: 'the last block of a transformer computes the class token only', exact: true }],
  adapt: ({ model, targets }) => {
    const { architecture, weights } = model;
    const used = Object.fromEntries(
      Object.entries(weights).filter(([name]) => !architecture.classifierWeights.includes(name)),
    );
    const head = linearAlignmentParameters(architecture.featureWidth, targets);
    const alignment: Alignment = { kind: 'linear', reads: 'features', start: 'probe' };
    const outputs = (params: Params, x: Tensor): Tensor =>
      tf.tidy(() => {
        const own = modelWeights(params);
        const state = architecture.blocks.reduce((now, block) => block(own, now), architecture.embed(own, x));
        return architecture.features(own, state);
      });
    return {
      taxonomy: null,
      fit: wholeCanvas(architecture.input),
      alignment,
      targets,
      outputWidth: architecture.featureWidth,
      outputsAreFixed: false,
      trainable: countNumbers(used) + countParameters(head),
      initialise: (generator) => ({
        ...Object.fromEntries(Object.entries(used).map(([name, tensor]) => [`${prefix}${name}`, tensor.clone()])),
        ...initialParameters(head, generator),
      }),
      outputs,
      align: (params, features) => alignOutputs(alignment, params, features, null),
    };
  },
};

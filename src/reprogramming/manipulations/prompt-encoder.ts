import { bidirectionalLstm, entry, layeredHead, relu } from '../../tensor/index.ts';
import type { LanguageManipulation } from '../language/types.ts';
import { uniformWithin } from '../parameters.ts';
import type { ParameterSpecs } from '../types.ts';

const layers = 2;

/** torch's first values: uniform within 1/√hidden for the LSTM and within 1/√fan-in for linear layers. */
function encoderParameters(width: number, hidden: number): ParameterSpecs {
  const lstm = Array.from({ length: layers }, (_, layer) =>
    [`l${layer}`, `l${layer}_reverse`].map((suffix): ParameterSpecs => {
      const bound = 1 / Math.sqrt(hidden);
      const input = layer === 0 ? width : 2 * hidden;
      return {
        [`lstm.weight_ih_${suffix}`]: uniformWithin([4 * hidden, input], bound),
        [`lstm.weight_hh_${suffix}`]: uniformWithin([4 * hidden, hidden], bound),
        [`lstm.bias_ih_${suffix}`]: uniformWithin([4 * hidden], bound),
        [`lstm.bias_hh_${suffix}`]: uniformWithin([4 * hidden], bound),
      };
    }),
  ).flat();
  const bound = 1 / Math.sqrt(width);
  const dense = (name: string): ParameterSpecs => ({
    [`${name}.weight`]: uniformWithin([width, width], bound),
    [`${name}.bias`]: uniformWithin([width], bound),
  });
  return Object.assign({}, ...lstm, dense('head.0'), dense('head.2')) as ParameterSpecs;
}

/**
 * The prompt encoder of P-tuning (Liu et al. 2021, arXiv 2103.10385; THUDM/P-tuning): an LSTM of two layers in both
 * directions, each half as wide as an embedding, and two linear layers with a ReLU between them, over the vectors in front
 * `[vectors, width]`.
 */
export function promptEncoder(width: number): LanguageManipulation {
  if (width % 2 !== 0) throw new RangeError(`The prompt encoder halves the width of an embedding, but ${width} is odd.`);
  return {
    site: { location: 'embedding' },
    parameters: encoderParameters(width, width / 2),
    action: {
      operator: 'parametric',
      ofFront: (λ, front) => layeredHead(λ, 'head', relu, bidirectionalLstm(λ, 'lstm', front)),
    },
  };
}

/** Vectors `[count, width]` for an encoder to work on, standard normal as torch's embeddings start. */
export function encodedPrompt(count: number, width: number): LanguageManipulation {
  return {
    site: { location: 'embedding' },
    parameters: { prompt: { shape: [count, width], initial: (generator) => Float32Array.from(generator.normals(count * width)) } },
    action: { operator: 'concatenative', inFront: (λ) => entry(λ, 'prompt') },
  };
}

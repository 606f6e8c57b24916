import { linear, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { mapLogitsTensor } from './alignments/index.ts';
import { zeros } from './parameters.ts';
import type { Alignment, LabelMap, ParameterSpecs } from './types.ts';

/** A learned linear map starts at zero; where its alignment says `start: 'probe'`, training fits it first. */
export function linearAlignmentParameters(outputWidth: number, targets: number): ParameterSpecs {
  return { 'alignment.weight': zeros([outputWidth, targets]), 'alignment.bias': zeros([targets]) };
}

/** ω as a tensor `[source, target]`; the caller owns it. */
export function labelMapTensor(map: LabelMap): Tensor {
  return tf.tensor2d(map.weights, [map.sources, map.targets]);
}

function parameter(params: Params, name: string): Tensor {
  const tensor = params[name];
  if (!tensor) throw new Error(`The parameter tree lacks "${name}"; it has ${Object.keys(params).join(', ') || 'nothing'}.`);
  return tensor;
}

/**
 * O_ω: outputs `[batch, outputWidth]` → target logits `[batch, targets]`. Structural and statistical alignments need
 * their label map; one that reads probabilities gives ln Σ_s softmax(z)_s ω(s, t).
 */
export function alignOutputs(alignment: Alignment, params: Params, outputs: Tensor, labelMap: Tensor | null): Tensor {
  switch (alignment.kind) {
    case 'identity':
      return outputs;
    case 'linear':
      return linear(outputs, parameter(params, 'alignment.weight'), parameter(params, 'alignment.bias'));
    case 'structural':
    case 'statistical': {
      if (!labelMap) throw new Error(`A ${alignment.kind} alignment was asked for an answer before it had a label map.`);
      if (alignment.reads === 'probabilities') {
        return tf.log(tf.add(mapLogitsTensor(tf.softmax(outputs), labelMap), 1e-12));
      }
      return mapLogitsTensor(outputs, labelMap);
    }
  }
}

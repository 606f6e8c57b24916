import type { FrozenModel } from '../models/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { alignOutputs, linearAlignmentParameters } from './align.ts';
import { classOf } from './class-of.ts';
import { ownParameters, parametersOf } from './own-parameters.ts';
import { initialParameters, countParameters, sizeOfAll } from './parameters.ts';
import { checkSites, isAsking, isRaw, throughNetwork } from './through-network.ts';
import type { Adapted, Alignment, Composition, Manipulation, ParameterSpecs } from './types.ts';

type Reading = Extract<Alignment, { kind: 'linear' }>['reads'];

/** How many numbers the alignment reads. */
function widthOf({ architecture }: FrozenModel, manipulations: readonly Manipulation[], reads: Reading): number {
  if (reads === 'outputs') return architecture.outputs;
  const side = manipulations.filter(isAsking).map(({ parameters }) => sizeOfAll(parameters));
  return architecture.featureWidth + (reads === 'features' ? 0 : side.reduce((sum, size) => sum + size, 0));
}

/** `[batch, …]` → `[batch, numbers]`, each row divided by its length; rows of zeros stay. */
function atUnitLength(part: Tensor): Tensor {
  const rows = tf.reshape(part, [part.shape[0] ?? 0, -1]);
  return tf.div(rows, tf.maximum(tf.sqrt(tf.sum(tf.square(rows), 1, true)), 1e-12));
}

/**
 * The one idea: ŷ = O_ω ∘ f ∘ I_{λ,τ,ℓ}(x, c) with f frozen (arXiv 2506.04650). Every manipulation acts at its site,
 * in the order of the list; nothing about the model changes.
 *
 * Parameters are named `manipulation.<index>.<name>`, `alignment.weight` `[outputWidth, targets]`, `alignment.bias`.
 * Throws a `RangeError` where a manipulation names a block that the model lacks.
 */
export function reprogram(model: FrozenModel, composition: Composition, targets: number): Adapted {
  const { architecture, weights } = model;
  const { manipulations, alignment } = composition;
  checkSites(model, manipulations);
  const { frontEnd } = architecture;
  // What stands in front of the first learnable thing is computed once.
  const prepare = frontEnd && !manipulations.some(isRaw) ? frontEnd.compute : null;
  const reads = alignment.kind === 'linear' ? alignment.reads : 'outputs';
  const outputWidth = widthOf(model, manipulations, reads);
  const specs: ParameterSpecs = {
    ...parametersOf(manipulations),
    ...(alignment.kind === 'linear' ? linearAlignmentParameters(outputWidth, targets) : {}),
  };

  const outputs = (params: Params, x: Tensor): Tensor =>
    tf.tidy(() => {
      const at = manipulations.map((manipulation, index) => ({ manipulation, λ: ownParameters(params, index) }));
      const { features, sideOutputs } = throughNetwork(model, at, x, prepare !== null);
      if (reads === 'outputs') return architecture.classify(weights, features);
      return reads === 'features' ? features : tf.concat([features, ...sideOutputs].map(atUnitLength), 1);
    });

  return {
    taxonomy: classOf(manipulations, alignment),
    manipulations,
    fit: composition.fit,
    alignment,
    targets,
    outputWidth,
    outputsAreFixed: manipulations.every(({ parameters }) => Object.keys(parameters).length === 0),
    trainable: countParameters(specs),
    initialise: (generator) => initialParameters(specs, generator),
    prepare,
    outputs,
    align: (params, reading, labelMap) => tf.tidy(() => alignOutputs(alignment, params, reading, labelMap)),
  };
}

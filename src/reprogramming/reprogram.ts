import type { FrozenModel } from '../models/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { alignOutputs, linearAlignmentParameters } from './align.ts';
import { classOf } from './class-of.ts';
import { attendedAt, manipulate } from './manipulate.ts';
import { initialParameters, countParameters } from './parameters.ts';
import type { Adapted, Composition, Manipulation, ParameterSpecs } from './types.ts';

const isAtState = (manipulation: Manipulation): boolean =>
  manipulation.site.location !== 'hidden' || manipulation.site.enters === 'state';

/** The part of a parameter tree that belongs to one manipulation, under its own names. */
function ownParameters(params: Params, index: number): Params {
  const prefix = `manipulation.${index}.`;
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  );
}

function checkSites(model: FrozenModel, manipulations: readonly Manipulation[]): void {
  for (const { site } of manipulations) {
    if (site.location === 'hidden' && (site.block < 0 || site.block >= model.architecture.blocks.length)) {
      throw new RangeError(
        `${model.id} has blocks 0 to ${model.architecture.blocks.length - 1}; a manipulation names block ${site.block}.`,
      );
    }
  }
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
  const readsFeatures = alignment.kind === 'linear' && alignment.reads === 'features';
  const outputWidth = readsFeatures ? architecture.featureWidth : architecture.outputs;
  const specs: ParameterSpecs = {
    ...Object.fromEntries(
      manipulations.flatMap(({ parameters }, index) =>
        Object.entries(parameters).map(([name, spec]) => [`manipulation.${index}.${name}`, spec] as const),
      ),
    ),
    ...(alignment.kind === 'linear' ? linearAlignmentParameters(outputWidth, targets) : {}),
  };

  const outputs = (params: Params, x: Tensor): Tensor =>
    tf.tidy(() => {
      const at = manipulations.map((manipulation, index) => ({ manipulation, λ: ownParameters(params, index) }));
      const enter = (state: Tensor, here: (m: Manipulation) => boolean): Tensor =>
        at.reduce((now, { manipulation, λ }) => (here(manipulation) ? manipulate(manipulation, λ, now) : now), state);
      const input = enter(x, (m) => m.site.location === 'input');
      let state = enter(architecture.embed(weights, input), (m) => m.site.location === 'embedding');
      architecture.blocks.forEach((block, index) => {
        const isHere = (m: Manipulation): boolean => m.site.location === 'hidden' && m.site.block === index;
        state = enter(state, (m) => isHere(m) && isAtState(m));
        state = block(weights, state, attendedAt(at.filter(({ manipulation: m }) => isHere(m) && !isAtState(m))));
      });
      const features = architecture.features(weights, state);
      return readsFeatures ? features : architecture.classify(weights, features);
    });

  return {
    taxonomy: classOf(manipulations, alignment),
    fit: composition.fit,
    alignment,
    targets,
    outputWidth,
    outputsAreFixed: manipulations.every(({ parameters }) => Object.keys(parameters).length === 0),
    trainable: countParameters(specs),
    initialise: (generator) => initialParameters(specs, generator),
    outputs,
    align: (params, reading, labelMap) => tf.tidy(() => alignOutputs(alignment, params, reading, labelMap)),
  };
}

import { alignOutputs, countParameters, initialParameters, linearAlignmentParameters, plainTexts, wholeCanvas, wordOption } from '../reprogramming/index.ts';
import type { Adapted, Alignment, Options, PairSetting } from '../reprogramming/index.ts';
import { featuresOf } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

/** How a rival changes a network: what it trains, and which weights the network then computes with. */
export interface WeightChange {
  /** How many numbers it trains, the head aside. */
  readonly count: number;
  /** Their first values; the caller owns them. Names that the head doesn't have. */
  readonly initialise: Adapted['initialise'];
  /** All weights that `embed`, the blocks and `features` read, made of what is trained and of the frozen ones. */
  readonly weights: (trained: Params, frozen: Params) => Params;
}

/**
 * Parameter-centric adaptation: the network computes with changed weights, and a new linear head, which starts from the
 * linear probe, reads its features. The frozen model itself stays as it is; it has no class in the taxonomy.
 */
export function adaptWeights({ architecture, weights: frozen }: FrozenModel, change: WeightChange, targets: number): Adapted {
  const head = linearAlignmentParameters(architecture.featureWidth, targets);
  const alignment: Alignment = { kind: 'linear', reads: 'features', start: 'probe' };
  const outputs = (params: Params, x: Tensor): Tensor =>
    tf.tidy(() => featuresOf(architecture, change.weights(params, frozen), x));
  return {
    taxonomy: null,
    fit: wholeCanvas(architecture.input),
    alignment,
    targets,
    outputWidth: architecture.featureWidth,
    outputsAreFixed: false,
    trainable: change.count + countParameters(head),
    initialise: (generator) => ({ ...change.initialise(generator), ...initialParameters(head, generator) }),
    prepare: architecture.frontEnd?.compute ?? null,
    outputs,
    align: (params, features) => alignOutputs(alignment, params, features, null),
  };
}

/**
 * The same for the image tower of a pair. Its option `read` says how the answer is read: the class whose text, which stays as
 * it is, is nearest (`texts`, when it isn't written), so that nothing is learned of single classes; or by a linear head on the
 * embeddings, as on other networks (`head`).
 */
export function adaptPairWeights({ classifier, wording, options }: PairSetting, changeOf: (network: FrozenModel) => WeightChange): Adapted {
  const network = classifier(plainTexts(wording));
  const change = changeOf(network);
  return isReadByTexts(options) ? readByTexts(network, change) : adaptWeights(network, change, wording.names.length);
}

export const isReadByTexts = (options: Options): boolean => wordOption({ read: 'texts', ...options }, 'read', ['texts', 'head']) === 'texts';

function readByTexts({ architecture, weights: frozen }: FrozenModel, change: WeightChange): Adapted {
  return {
    taxonomy: null,
    fit: wholeCanvas(architecture.input),
    alignment: { kind: 'identity' },
    targets: architecture.outputs,
    outputWidth: architecture.outputs,
    outputsAreFixed: false,
    readsOtherClasses: true,
    trainable: change.count,
    initialise: change.initialise,
    prepare: null,
    outputs: (params, x) =>
      tf.tidy(() => {
        const weights = change.weights(params, frozen);
        return architecture.classify(weights, featuresOf(architecture, weights, x));
      }),
    align: (_, outputs) => outputs,
  };
}

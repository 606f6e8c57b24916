import { createGenerator } from '../../src/random/index.ts';
import type { FrozenLanguageModel } from '../../src/models/index.ts';
import { placesOf, readText } from '../../src/reprogramming/index.ts';
import type { AdaptedLanguage, Rows } from '../../src/reprogramming/index.ts';
import { applyUpdate, createOptimiser, disposeParams, disposeState, softmaxCrossEntropy, tf, valueAndGradients } from '../../src/tensor/index.ts';

/** Steps of training, one after the other. */
export interface TrainingSteps {
  /** The loss before the step. */
  readonly step: () => number;
  readonly dispose: () => void;
}

/**
 * Steps of Adam on the same rows: the loss is that of the token behind each. With `plain`, what stands in front of the rows
 * is read again in each.
 */
export function trainingSteps(
  { architecture }: FrozenLanguageModel,
  adapted: AdaptedLanguage,
  rows: Rows,
  labels: Int32Array,
  how: { readonly plain?: boolean } = {},
): TrainingSteps {
  const optimiser = createOptimiser({ name: 'adam' });
  let params = adapted.initialise(createGenerator('start'));
  let state = optimiser.init(params);
  const places = placesOf(rows, rows.map(({ length }, row) => ({ row, place: length - 1 })));
  return {
    step: () => {
      const { value, gradients } = valueAndGradients((now) => {
        const reader = { architecture, begun: adapted.begin(now, how), reads: adapted.reads };
        const { outputs } = readText(reader, rows, places);
        return softmaxCrossEntropy(adapted.align(now, outputs), tf.tensor1d(labels, 'int32'));
      }, params);
      const loss = value.dataSync()[0] ?? NaN;
      value.dispose();
      ({ params, state } = applyUpdate(optimiser, params, gradients, state, 0.001));
      return loss;
    },
    dispose: () => {
      disposeParams(params);
      disposeState(state);
    },
  };
}

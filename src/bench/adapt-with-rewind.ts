import { labelMapTensor } from '../reprogramming/index.ts';
import type { Adapted } from '../reprogramming/index.ts';
import { disposeParams, softmaxCrossEntropy, tf, valueAndGradients } from '../tensor/index.ts';
import { adaptToTask, recipeOf } from './adapt-to-task.ts';
import type { Outcome } from './adapt-to-task.ts';
import type { Prepared } from './prepare-run.ts';

/** An outcome, and the adapted model that its parameters belong to. */
export interface FinalOutcome extends Outcome {
  readonly adapted: Adapted;
}

/** Epochs of the two courses; each gets one at least. */
function coursesOf({ methodId, epochs }: Prepared['request'], share: number): readonly [first: number, second: number] {
  if (epochs < 2) {
    throw new RangeError(`${methodId} prunes and trains again, which takes at least 2 epochs; the request has ${epochs}.`);
  }
  const first = Math.min(epochs - 1, Math.max(1, Math.round(epochs * share)));
  return [first, epochs - first];
}

/** The mean over the training batches, in the order of the draw, of how much each part matters. */
function meanImportance(prepared: Prepared, { params, labelMap }: Outcome, importance: NonNullable<Adapted['rewind']>['importance']): Float32Array {
  const { adapted, drawing, request } = prepared;
  const { x, labels } = drawing.train;
  const map = labelMap ? labelMapTensor(labelMap) : null;
  const sums: number[] = [];
  let batches = 0;
  for (let start = 0; start < labels.length; start += request.batch) {
    const indices = Int32Array.from({ length: Math.min(request.batch, labels.length - start) }, (_, row) => start + row);
    const { value, gradients } = valueAndGradients((now) => {
      const outputs = adapted.outputs(now, tf.gather(x, tf.tensor1d(indices, 'int32')));
      return softmaxCrossEntropy(adapted.align(now, outputs, map), tf.tensor1d(labels.slice(start, start + indices.length), 'int32'));
    }, params);
    importance(params, gradients).forEach((number, at) => (sums[at] = (sums[at] ?? 0) + number));
    batches += 1;
    value.dispose();
    disposeParams(gradients);
  }
  map?.dispose();
  return Float32Array.from(sums, (sum) => sum / batches);
}

/**
 * As {@link adaptToTask}, and in two courses where the adapted model asks for it: the first finds out what matters, the
 * second starts again from the first values with what is kept, and is what stays. Both share the epochs of the request.
 */
export async function adaptWithRewind(prepared: Prepared): Promise<FinalOutcome> {
  const { adapted, drawing, request } = prepared;
  const { rewind } = adapted;
  if (!rewind || recipeOf(prepared) === null || request.control === 'untrained-program') {
    return { ...(await adaptToTask(prepared)), adapted };
  }
  const [firstEpochs, secondEpochs] = coursesOf(request, rewind.share);
  const first = await adaptToTask({ ...prepared, request: { ...request, epochs: firstEpochs } });
  const importance = meanImportance(prepared, first, rewind.importance);
  disposeParams(first.params);
  const next = rewind.next(importance);
  const second = await adaptToTask({ ...prepared, adapted: next, request: { ...request, epochs: secondEpochs } });
  return {
    ...second,
    adapted: next,
    curve: [...first.curve, ...second.curve.map(({ epoch, loss }) => ({ epoch: firstEpochs + epoch, loss }))],
    steps: first.steps + second.steps,
    queries: first.queries + drawing.train.labels.length + second.queries,
  };
}

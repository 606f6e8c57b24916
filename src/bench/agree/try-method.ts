import { argmaxRows, labelMapTensor } from '../../reprogramming/index.ts';
import type { LabelMap, Method } from '../../reprogramming/index.ts';
import { disposeParams, tf } from '../../tensor/index.ts';
import type { Params } from '../../tensor/index.ts';
import type { Outcome } from '../adapt-to-task.ts';
import { adaptWithRewind } from '../adapt-with-rewind.ts';
import { approach } from '../approaches.ts';
import { adaptLanguage } from '../language/adapt-language.ts';
import { measureLanguage } from '../language/measure-language.ts';
import { prepareLanguageRun, releaseLanguageRun } from '../language/prepare-language-run.ts';
import { outputsOf } from '../outputs-of.ts';
import { prepareRun, releaseRun } from '../prepare-run.ts';
import type { Examples, Prepared } from '../prepare-run.ts';
import type { CellContext, CellRequest } from '../types.ts';
import type { Place, Trial } from './trials.ts';

/** What a method did on one back-end: everything that can be compared with what it did on another. */
export interface Attempt extends Place {
  /** Steps of training or of a search; 0 where nothing is learned. */
  readonly steps: number;
  readonly learningRate: number | null;
  /** Mean loss of every epoch, none where nothing is learned. */
  readonly losses: readonly number[];
  /** What was learned or settled, by name, and a label map's weights; empty where there is nothing of the kind. */
  readonly parameters: Readonly<Record<string, Float32Array>>;
  /** What the alignment reads on the test examples; none where a language model writes or chooses an answer. */
  readonly outputs: Float32Array | null;
  readonly predictions: readonly (number | string | null)[];
}

/** Two examples one by one, five times: ten steps, few enough for a back-end that computes slowly. */
export const course = { split: { train: 2, test: 8 }, epochs: 5, batch: 1, seed: 1 } as const;

const requestAt = (method: Method, { modelId, taskId }: Place): CellRequest => {
  const rates = [...(method.recipe?.learningRates ?? [])].sort((a, b) => a - b);
  const learningRate = rates[0];
  return {
    methodId: method.id,
    options: method.options,
    modelId,
    taskId,
    ...course,
    epochs: method.recipe ? course.epochs : 0,
    ...(learningRate === undefined ? {} : { learningRate }),
  };
};

const valuesOf = (params: Params, labelMap: LabelMap | null): Attempt['parameters'] => ({
  ...Object.fromEntries(Object.entries(params).map(([name, tensor]) => [name, Float32Array.from(tensor.dataSync())])),
  ...(labelMap ? { 'label map': Float32Array.from(labelMap.weights) } : {}),
});

type Answered = Pick<Attempt, 'steps' | 'losses' | 'parameters' | 'outputs' | 'predictions'>;

/** What the alignment makes of outputs, as `measure` has it: row by row, a number for each target class. */
function aligned({ adapted, drawing }: Prepared, { params, labelMap }: Outcome, outputs: Float32Array): Float32Array {
  return tf.tidy(() => {
    const read = tf.tensor2d(outputs, [drawing.measured.labels.length, adapted.outputWidth]);
    return Float32Array.from(adapted.align(params, read, labelMap && labelMapTensor(labelMap)).dataSync());
  });
}

/** By how much the examples of a nudged attempt are larger: a few times the rounding of a 32-bit number. */
export const nudge = 1e-6;

/** The same run on examples that are a little larger; what it holds besides is freed with `drawing`. */
function nudged(prepared: Prepared): Prepared {
  const { train, measured, digest } = prepared.drawing;
  const larger = ({ x, labels }: Examples): Examples => ({ x: tf.tidy(() => tf.mul(x, 1 + nudge)), labels });
  return { ...prepared, drawing: { train: larger(train), measured: larger(measured), digest: `${digest} nudged` } };
}

async function onNetwork(asked: CellRequest, context: CellContext, isNudged: boolean): Promise<Answered> {
  const original = await prepareRun(asked, context, null);
  const prepared = isNudged ? nudged(original) : original;
  try {
    const outcome = await adaptWithRewind(prepared);
    const last = { ...prepared, adapted: outcome.adapted };
    const outputs = Float32Array.from(await outputsOf(last, outcome.params, 'measured'));
    const predictions = argmaxRows(aligned(last, outcome, outputs), last.adapted.targets);
    const parameters = valuesOf(outcome.params, outcome.labelMap);
    disposeParams(outcome.params);
    return { steps: outcome.steps, losses: outcome.curve.map(({ loss }) => loss), parameters, outputs, predictions: [...predictions] };
  } finally {
    releaseRun(original);
    if (isNudged) tf.dispose([prepared.drawing.train.x, prepared.drawing.measured.x]);
  }
}

async function onLanguage(asked: CellRequest, context: CellContext): Promise<Answered> {
  const prepared = await prepareLanguageRun(asked, context, null);
  try {
    const outcome = await adaptLanguage(prepared);
    const { predictions } = measureLanguage(prepared, outcome.params);
    const parameters = outcome.steps > 0 ? valuesOf(outcome.params, null) : {};
    disposeParams(outcome.params);
    return { steps: outcome.steps, losses: outcome.curve.map(({ loss }) => loss), parameters, outputs: null, predictions };
  } finally {
    releaseLanguageRun(prepared);
  }
}

/**
 * Ten steps of a method at the first of the places that takes it, and its answers on a few test examples.
 * Nudged: on examples that differ by a few roundings, to see how far rounding carries a network; texts stay as they are.
 * @throws RangeError with the last place's reason where none takes it; AssetUnavailable where weights or data are lacking
 */
export async function tryMethod({ methodId, road, places }: Trial, context: CellContext, isNudged = false): Promise<Attempt> {
  const method = approach(methodId);
  const answerOn = road === 'language' ? onLanguage : onNetwork;
  let refusal: unknown = new RangeError(`${method.name} is tried nowhere.`);
  for (const place of places) {
    const asked = requestAt(method, place);
    try {
      return { ...place, learningRate: asked.learningRate ?? null, ...(await answerOn(asked, context, isNudged)) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

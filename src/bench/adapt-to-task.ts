import type { Generator } from '../random/index.ts';
import { labelMapTensor } from '../reprogramming/index.ts';
import type { Adapted, Alignment, LabelMap } from '../reprogramming/index.ts';
import { softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params } from '../tensor/index.ts';
import { fitProbe, train } from '../training/index.ts';
import type { Recipe, Trained, Training } from '../training/index.ts';
import { outputsOf } from './outputs-of.ts';
import type { Prepared } from './prepare-run.ts';

/** What came of training: parameters (the caller owns them), the label map in force, the course. */
export interface Outcome {
  readonly params: Params;
  readonly labelMap: LabelMap | null;
  readonly curve: Trained['curve'];
  readonly steps: number;
  /** How often an example was put through the network for it. */
  readonly queries: number;
}

/** The recipe that a run follows; `null` where nothing is trained. */
export function recipeOf({ method, options, request }: Pick<Prepared, 'method' | 'options' | 'request'>): Recipe | null {
  const { recipe } = method;
  const { learningRate, epochs, batch } = request;
  if (!recipe || epochs === 0) return null;
  if (learningRate === undefined) throw new RangeError(`${method.id} is trained, but the request names no learning rate.`);
  const gradient = recipe.gradient?.(options);
  return { optimiser: recipe.optimiser, schedule: recipe.schedule, learningRate, epochs, batch, ...(gradient ? { gradient } : {}) };
}

/** Fits the linear alignment to the outputs under the initial program and puts it in the place of the zeros. */
async function startFromProbe(
  { adapted, drawing }: Prepared,
  initial: Params,
  outputs: Float32Array,
  generator: Generator,
): Promise<Params> {
  const labelled = { values: outputs, width: adapted.outputWidth, labels: drawing.train.labels };
  const { weight, bias } = await fitProbe(labelled, adapted.targets, generator);
  const { 'alignment.weight': oldWeight, 'alignment.bias': oldBias, ...rest } = initial;
  oldWeight?.dispose();
  oldBias?.dispose();
  return { ...rest, 'alignment.weight': weight, 'alignment.bias': bias };
}

/** The new parameters, with those of the old that aren't among them freed. */
function settled(old: Params, now: Params): Params {
  const kept = new Set(Object.values(now));
  tf.dispose(Object.values(old).filter((tensor) => !kept.has(tensor)));
  return now;
}

/** The label map that a statistical alignment counts from outputs on the training examples. */
function countedMap(
  alignment: Extract<Alignment, { kind: 'statistical' }>,
  { outputWidth: sources, targets }: Adapted,
  logits: Float32Array,
  labels: Int32Array,
): LabelMap {
  return alignment.estimate({ logits, labels, count: labels.length, sources, targets });
}

/**
 * Adapts the model to the training examples: settles the label map, starts a linear alignment from the probe where it
 * asks for that, and trains what there is to train. A map that is renewed every epoch is counted from the outputs seen
 * while training the epoch before; the one of the last epoch stays in force. What settles at once from the initial outputs
 * isn't trained further.
 */
export async function adaptToTask(prepared: Prepared): Promise<Outcome> {
  const { adapted, drawing, generator, request } = prepared;
  const { alignment, outputWidth } = adapted;
  const { labels } = drawing.train;
  const recipe = recipeOf(prepared);
  let params = adapted.initialise(generator.split('initial'));
  const isTrained = recipe !== null && Object.keys(params).length > 0 && request.control !== 'untrained-program';
  const fromProbe = alignment.kind === 'linear' && alignment.start === 'probe';

  let labelMap = alignment.kind === 'structural' ? alignment.rule(generator.split('label-map')) : null;
  const areInitialOutputsNeeded =
    fromProbe || alignment.kind === 'statistical' || adapted.settle !== undefined || (isTrained && adapted.outputsAreFixed);
  const initialOutputs = areInitialOutputsNeeded ? await outputsOf(prepared, params, 'train') : null;
  const asksNetwork = !('as' in adapted.fit);
  const initialQueries = initialOutputs && asksNetwork ? labels.length : 0;
  if (initialOutputs && fromProbe) {
    params = await startFromProbe(prepared, params, initialOutputs, generator.split('probe'));
  }
  if (initialOutputs && alignment.kind === 'statistical') {
    labelMap = countedMap(alignment, adapted, initialOutputs, labels);
  }
  if (initialOutputs && adapted.settle) {
    params = settled(params, adapted.settle(params, initialOutputs, labels));
    return { params, labelMap, curve: [], steps: 0, queries: initialQueries };
  }
  if (!isTrained) return { params, labelMap, curve: [], steps: 0, queries: initialQueries };

  const y = tf.tensor1d(labels, 'int32');
  const fixed =
    adapted.outputsAreFixed && initialOutputs ? tf.tensor2d(initialOutputs, [labels.length, outputWidth]) : null;
  let map = labelMap ? labelMapTensor(labelMap) : null;
  const renewed = alignment.kind === 'statistical' && alignment.refresh === 'epoch' ? alignment : null;
  const seen = renewed ? new Float32Array(labels.length * outputWidth) : null;
  const renewal: Pick<Training, 'beforeEpoch' | 'observe'> =
    renewed && seen
      ? {
          beforeEpoch: (epoch) => {
            if (epoch === 0) return;
            labelMap = countedMap(renewed, adapted, seen, labels);
            map?.dispose();
            map = labelMapTensor(labelMap);
          },
          observe: (indices, values) => {
            indices.forEach((index, row) => {
              seen.set(values.subarray(row * outputWidth, (row + 1) * outputWidth), index * outputWidth);
            });
          },
        }
      : {};
  try {
    const trained = await train(params, {
      recipe,
      count: labels.length,
      generator: generator.split('training'),
      loss: (now, indices) => {
        const picked = tf.tensor1d(indices, 'int32');
        const outputs = fixed ? tf.gather(fixed, picked) : adapted.outputs(now, tf.gather(drawing.train.x, picked));
        const answers = tf.gather(y, picked);
        const loss = adapted.objective?.(now, outputs, answers) ?? softmaxCrossEntropy(adapted.align(now, outputs, map), answers);
        return { loss, outputs };
      },
      ...renewal,
      report: (done, total) => prepared.report?.({ stage: 'train', done, total }),
    });
    const queries = initialQueries + (fixed ? 0 : trained.evaluations);
    return { params: trained.params, labelMap, curve: trained.curve, steps: trained.steps, queries };
  } finally {
    tf.dispose([y, fixed, map].filter((tensor) => tensor !== null));
  }
}

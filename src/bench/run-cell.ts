import { loadModel, randomlyInitialised } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import type { Generator } from '../random/index.ts';
import { argmaxRows, groupingMap, labelMapTensor } from '../reprogramming/index.ts';
import type { Adapted, LabelMap, Method } from '../reprogramming/index.ts';
import { encodeBits, sealRecord, shortHash } from '../results/index.ts';
import type { Drawn, RunRecord, RunSpec } from '../results/index.ts';
import { drawSplit, findVerbalizer, loadTask, picturesToTensor, resolveVerbalizer, splitRule } from '../tasks/index.ts';
import type { Task } from '../tasks/index.ts';
import { countNumbers, digestParams, disposeParams, softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { Diverged, fitProbe, train } from '../training/index.ts';
import type { Recipe } from '../training/index.ts';
import { approach } from './approaches.ts';
import { boundedCache } from './bounded-cache.ts';
import type { CellContext, CellRequest, Progress, TrialAnswer, TrialRequest } from './types.ts';

const evaluationBatch = 250;

/** Pictures of a draw, ready for a model: x `[count, rows, columns, channels]` in [0, 1]. */
interface Pictures {
  readonly x: Tensor;
  readonly labels: Int32Array;
}

/** What a draw gives a method: pictures to train on and pictures to be measured on. */
interface Drawing {
  readonly train: Pictures;
  readonly measured: Pictures;
  readonly digest: string;
}

/** What came of training: parameters, the label map in force, and what it cost. */
interface Outcome {
  readonly params: Params;
  readonly labelMap: LabelMap | null;
  readonly curve: readonly { readonly epoch: number; readonly loss: number }[];
  readonly steps: number;
}

const models = boundedCache<FrozenModel>(4, (model) => disposeParams(model.weights));
const tasks = boundedCache<Task>(4);
/** Outputs of a frozen model that nothing learnable stands in front of, by model, draw and reading. */
const fixedOutputs = boundedCache<Float32Array>(96);

async function withModel(request: CellRequest, context: CellContext, generator: Generator): Promise<FrozenModel> {
  const trained = await models.get(request.modelId, () => loadModel(request.modelId, context.assets));
  return request.control === 'random-net' ? randomlyInitialised(trained, generator.split('random-net')) : trained;
}

function pictures(task: Task, part: 'train' | 'test', indices: Int32Array, model: FrozenModel, adapted: Adapted): Pictures {
  const set = task[part];
  return {
    x: picturesToTensor(set, indices, model.architecture.input, adapted.fit),
    labels: Int32Array.from(indices, (index) => set.labels[index] ?? -1),
  };
}

function disposeDrawing({ train: { x }, measured }: Drawing): void {
  tf.dispose([x, measured.x]);
}

/** What the alignment reads, for all pictures, batch by batch: `[count, outputWidth]` row-major. */
function computeOutputs(adapted: Adapted, params: Params, { x, labels }: Pictures, report?: (p: Progress) => void): Float32Array {
  const values = new Float32Array(labels.length * adapted.outputWidth);
  for (let start = 0; start < labels.length; start += evaluationBatch) {
    const count = Math.min(evaluationBatch, labels.length - start);
    const outputs = tf.tidy(() => adapted.outputs(params, tf.slice(x, [start, 0, 0, 0], [count, -1, -1, -1])));
    values.set(outputs.dataSync(), start * adapted.outputWidth);
    outputs.dispose();
    report?.({ stage: 'evaluate', done: start + count, total: labels.length });
  }
  return values;
}

/** The target logits of outputs that are known: `[count, targets]`. */
function alignAll(adapted: Adapted, params: Params, outputs: Float32Array, labelMap: LabelMap | null): Float32Array {
  return tf.tidy(() => {
    const map = labelMap ? labelMapTensor(labelMap) : null;
    const reading = tf.tensor2d(outputs, [outputs.length / adapted.outputWidth, adapted.outputWidth]);
    return Float32Array.from(adapted.align(params, reading, map).dataSync());
  });
}

/** Fits the linear alignment to the outputs under the initial program, and puts it in the place of the zeros. */
async function startFromProbe(adapted: Adapted, initial: Params, outputs: Float32Array, labels: Int32Array, generator: Generator): Promise<Params> {
  const probe = await fitProbe({ values: outputs, width: adapted.outputWidth, labels }, adapted.targets, generator);
  tf.dispose([initial['alignment.weight'], initial['alignment.bias']].filter((tensor) => tensor !== undefined));
  return { ...initial, 'alignment.weight': probe.weight, 'alignment.bias': probe.bias };
}

interface TrainingSetting {
  readonly method: Method;
  readonly adapted: Adapted;
  readonly model: FrozenModel;
  readonly drawing: Drawing;
  readonly request: CellRequest;
  readonly generator: Generator;
  readonly report: ((progress: Progress) => void) | undefined;
}

/** Outputs on the training pictures under the initial parameters; cached where nothing learnable stands before them. */
function initialOutputs(setting: TrainingSetting, initial: Params): Promise<Float32Array> {
  const { adapted, drawing, report } = setting;
  const compute = async (): Promise<Float32Array> => computeOutputs(adapted, initial, drawing.train, report);
  return adapted.outputsAreFixed ? fixedOutputs.get(outputsKey(setting, 'train'), compute) : compute();
}

/** Equal keys mean equal outputs: a frozen model without learnable manipulation, read alike, on the same pictures. */
function outputsKey({ method, request, model, adapted, drawing }: TrainingSetting, part: 'train' | 'measured'): string {
  const { alignment, taxonomy } = adapted;
  const isManipulated = taxonomy !== null && taxonomy.location.length > 0;
  return shortHash({
    model: model.digest,
    manipulated: isManipulated ? { method: method.id, options: request.options } : false,
    reads: alignment.kind === 'linear' ? alignment.reads : 'outputs',
    fit: adapted.fit.size,
    draw: drawing.digest,
    part,
  });
}

/** Trains what there is to train and settles the label map. */
async function adaptTo(setting: TrainingSetting): Promise<Outcome> {
  const { adapted, drawing, generator, request } = setting;
  const { alignment, targets, outputWidth } = adapted;
  const { labels } = drawing.train;
  const recipe = recipeOf(setting.method, request);
  let params = adapted.initialise(generator.split('initial'));
  let labelMap = alignment.kind === 'structural' ? alignment.rule(generator.split('label-map')) : null;
  const isTrained = recipe !== null && Object.keys(params).length > 0 && request.control !== 'untrained-program';

  const needsInitialOutputs =
    alignment.kind === 'statistical' || (alignment.kind === 'linear' && alignment.start === 'probe') || (isTrained && adapted.outputsAreFixed);
  let outputs = needsInitialOutputs ? await initialOutputs(setting, params) : null;
  if (alignment.kind === 'linear' && alignment.start === 'probe' && outputs) {
    params = await startFromProbe(adapted, params, outputs, labels, generator.split('probe'));
  }
  if (alignment.kind === 'statistical' && outputs) {
    labelMap = alignment.estimate({ logits: outputs, labels, count: labels.length, sources: outputWidth, targets });
  }
  if (!isTrained) return { params, labelMap, curve: [], steps: 0 };

  const renewed = alignment.kind === 'statistical' && alignment.refresh === 'epoch' ? alignment : null;
  const seen = renewed ? new Float32Array(labels.length * outputWidth) : null;
  let mapTensor = labelMap ? labelMapTensor(labelMap) : null;
  const y = tf.tensor1d(labels, 'int32');
  const known = adapted.outputsAreFixed && outputs ? tf.tensor2d(outputs, [labels.length, outputWidth]) : null;
  outputs = null;
  try {
    const { params: trained, curve, steps } = await train(params, {
      recipe,
      count: labels.length,
      generator: generator.split('training'),
      loss: (now, indices) => {
        const picked = tf.tensor1d(indices, 'int32');
        const reading = known ? tf.gather(known, picked) : adapted.outputs(now, tf.gather(drawing.train.x, picked));
        return { loss: softmaxCrossEntropy(adapted.align(now, reading, mapTensor), tf.gather(y, picked)), outputs: reading };
      },
      beforeEpoch: (epoch) => {
        if (!renewed || !seen || epoch === 0) return;
        labelMap = renewed.estimate({ logits: seen, labels, count: labels.length, sources: outputWidth, targets });
        mapTensor?.dispose();
        mapTensor = labelMapTensor(labelMap);
      },
      ...(seen
        ? { observe: (indices: Int32Array, values: Float32Array) =>
            indices.forEach((index, row) =>
              seen.set(values.subarray(row * outputWidth, (row + 1) * outputWidth), index * outputWidth),
            ) }
        : {}),
      report: (done, total) => setting.report?.({ stage: 'train', done, total }),
    });
    return { params: trained, labelMap, curve, steps };
  } finally {
    tf.dispose([y, ...(known ? [known] : []), ...(mapTensor ? [mapTensor] : [])]);
  }
}

/** The recipe of the request; `null` where nothing is trained. */
function recipeOf({ id, recipe }: Method, { learningRate, epochs, batch }: CellRequest): Recipe | null {
  if (!recipe || epochs === 0) return null;
  if (learningRate === undefined) throw new RangeError(`${id} is trained, but the request names no learning rate.`);
  return { optimiser: recipe.optimiser, schedule: recipe.schedule, learningRate, epochs, batch };
}

/** Which of the measured pictures were answered rightly. */
function judge(targetLogits: Float32Array, targets: number, labels: Int32Array): { predictions: Int32Array; correct: Uint8Array } {
  const predictions = argmaxRows(targetLogits, targets);
  return { predictions, correct: Uint8Array.from(labels, (label, index) => (predictions[index] === label ? 1 : 0)) };
}

async function measure(setting: TrainingSetting, { params, labelMap }: Outcome): Promise<{ predictions: Int32Array; correct: Uint8Array }> {
  const { adapted, drawing, report } = setting;
  const compute = async (): Promise<Float32Array> => computeOutputs(adapted, params, drawing.measured, report);
  const outputs = adapted.outputsAreFixed
    ? await fixedOutputs.get(outputsKey(setting, 'measured'), compute)
    : await compute();
  return judge(alignAll(adapted, params, outputs, labelMap), adapted.targets, drawing.measured.labels);
}

interface Prepared extends TrainingSetting {
  readonly task: Task;
}

/** Loads what a request names and draws its pictures. With `heldOut` the measured part is held out of the training draw. */
async function prepare(request: CellRequest, context: CellContext, heldOut: number | null): Promise<Prepared> {
  const method = approach(request.methodId);
  const generator = createGenerator(request.seed);
  const task = await tasks.get(request.taskId, () => loadTask(request.taskId, context.assets));
  const model = await withModel(request, context, generator);
  const options = { ...method.options, ...request.options };
  const unknown = Object.keys(request.options).find((name) => !(name in method.options));
  if (unknown !== undefined) {
    const names = Object.keys(method.options).join(', ') || 'none';
    throw new RangeError(`${method.id} has no option "${unknown}"; its options: ${names}.`);
  }
  const verbalizer = findVerbalizer(request.modelId, request.taskId);
  const adapted = method.adapt({
    model,
    targets: task.classes.length,
    options,
    verbalizer: verbalizer
      ? groupingMap(resolveVerbalizer(verbalizer, model.classes, task.classes), model.architecture.outputs)
      : null,
  });
  const split = drawSplit(
    task,
    { train: request.split.train - (heldOut ?? 0), validation: heldOut ?? 0, test: heldOut === null ? request.split.test : 0 },
    generator.split('split'),
  );
  const drawing = {
    train: pictures(task, 'train', split.train, model, adapted),
    measured:
      heldOut === null
        ? pictures(task, 'test', split.test, model, adapted)
        : pictures(task, 'train', split.validation, model, adapted),
    digest: split.digest,
  };
  return { method, adapted, model, drawing, request, generator: generator.split('method'), report: context.report, task };
}

/** Frees what belongs to one run alone. */
function release({ drawing, model, request }: Prepared): void {
  disposeDrawing(drawing);
  if (request.control === 'random-net') disposeParams(model.weights);
}

/**
 * One trial of a learning-rate search: trains on the tuning draw without its held-out part and measures accuracy (0–1) on
 * that part; `null` where training diverged.
 */
export async function runTrial(request: TrialRequest, context: CellContext): Promise<TrialAnswer> {
  const prepared = await prepare(request, context, request.heldOut);
  try {
    const outcome = await adaptTo(prepared);
    const { correct } = await measure(prepared, outcome);
    disposeParams(outcome.params);
    return { value: correct.reduce((sum, bit) => sum + bit, 0) / correct.length };
  } catch (error) {
    if (error instanceof Diverged) return { value: null };
    throw error;
  } finally {
    release(prepared);
  }
}

/** The map as source class per target, where every target has exactly one. */
function oneToOne(map: LabelMap | null): number[] | null {
  if (!map) return null;
  const assigned: number[] = [];
  for (let target = 0; target < map.targets; target++) {
    const sources = Array.from({ length: map.sources }, (_, source) => source).filter(
      (source) => map.weights[source * map.targets + target] !== 0,
    );
    const [only, ...more] = sources;
    if (only === undefined || more.length > 0 || map.weights[only * map.targets + target] !== 1) return null;
    assigned.push(only);
  }
  return assigned;
}

function specOf({ method, adapted, model, task, request }: Prepared, trainedModel: FrozenModel, steps: number): RunSpec {
  const { alignment } = adapted;
  const recipe = recipeOf(method, request);
  const options = { ...method.options, ...request.options };
  const ties = 'first cell in row-major [source][target] order';
  return {
    method: { id: method.id, name: method.name, family: method.family, follows: method.follows, options },
    taxonomy: adapted.taxonomy,
    model: { id: model.id, digest: trainedModel.digest, homeMade: model.homeMade },
    task: { id: task.id, digest: task.digest, generated: task.generated },
    split: {
      train: request.split.train,
      validation: 0,
      test: request.split.test,
      rule: splitRule,
    },
    labelMap:
      alignment.kind === 'statistical'
        ? { rule: String(alignment.describe['rule']), ties, refresh: alignment.refresh, ...withoutRule(alignment.describe) }
        : alignment.kind === 'structural'
          ? { rule: `preset, reads ${alignment.reads}`, ties: 'none' }
          : null,
    recipe:
      recipe && method.recipe && steps > 0
        ? {
            optimiser: { ...recipe.optimiser, ...('betas' in recipe.optimiser ? { betas: [...(recipe.optimiser.betas ?? [])] } : {}) },
            learningRate: recipe.learningRate,
            schedule: { ...recipe.schedule, ...('milestones' in recipe.schedule ? { milestones: [...recipe.schedule.milestones] } : {}) },
            epochs: recipe.epochs,
            batch: recipe.batch,
            steps,
            initial: method.recipe.initial,
          }
        : null,
    selection: 'last',
    search: request.search ?? null,
    tricks: method.tricks,
    ...(request.control ? { control: request.control } : {}),
  };
}

function withoutRule(constants: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(constants).filter(([name]) => name !== 'rule'));
}

/**
 * Runs one seed of one cell, from spec to record. The frozen weights' digest is taken before and after; a run that changed
 * them is an error. The result is that of the last epoch; the test pictures are looked at once.
 */
export async function runCell(request: CellRequest, context: CellContext): Promise<RunRecord> {
  const started = context.clock();
  const prepared = await prepare(request, context, null);
  const { adapted, model, drawing } = prepared;
  const frozenBefore = digestParams(model.weights);
  try {
    const trainingFrom = context.clock();
    const outcome = await adaptTo(prepared);
    const trainedAt = context.clock();
    const { predictions, correct } = await measure(prepared, outcome);
    const measuredAt = context.clock();
    const frozenAfter = digestParams(model.weights);
    if (frozenAfter !== frozenBefore) {
      throw new Error(`${request.methodId} changed the frozen weights of ${model.id}: ${frozenBefore} became ${frozenAfter}.`);
    }
    const trainedModel = await models.get(request.modelId, () => loadModel(request.modelId, context.assets));
    const names = Object.keys(outcome.params).sort();
    const trained = outcome.steps > 0 || adapted.alignment.kind === 'linear';
    const map = oneToOne(outcome.labelMap);
    const drawn: Drawn = {
      splitDigest: drawing.digest,
      map,
      mapDigest: outcome.labelMap ? shortHash([...outcome.labelMap.weights]) : null,
    };
    const hits = correct.reduce((sum, bit) => sum + bit, 0);
    const trainSeconds = (trainedAt - trainingFrom) / 1000;
    const record = sealRecord({
      schema: 'atlas-run/1',
      spec: specOf(prepared, trainedModel, outcome.steps),
      seed: request.seed,
      drawn,
      env: {
        ...context.environment,
        versions: { ...context.environment.versions, ...context.backend.versions },
        backend: context.backend.name,
        kernels: context.backend.kernels,
      },
      params: { trainable: trained ? adapted.trainable : 0, total: countNumbers(model.weights) + adapted.trainable, names: trained ? names : [] },
      result: {
        metrics: [{ name: 'accuracy', split: 'test', value: hits / correct.length, n: correct.length }],
        correct: encodeBits(correct),
        predictionsDigest: shortHash([...predictions]),
        trainedDigest: trained ? digestParams(outcome.params) : null,
        frozenBefore,
        frozenAfter,
        curve: outcome.curve.map(({ epoch, loss }) => ({ epoch, loss })),
      },
      cost: {
        trainSeconds,
        evalSeconds: (measuredAt - trainedAt) / 1000,
        stepsPerSecond: outcome.steps > 0 && trainSeconds > 0 ? outcome.steps / trainSeconds : null,
        peakMemoryBytes: null,
        totalSeconds: (context.clock() - started) / 1000,
      },
      status: 'done',
      flags: [],
      history: { created: context.now() },
    });
    disposeParams(outcome.params);
    return record;
  } finally {
    release(prepared);
  }
}

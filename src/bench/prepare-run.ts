import type { ModelInput } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import type { Generator } from '../random/index.ts';
import type { Adapted, Method, Options } from '../reprogramming/index.ts';
import { drawSplit, examplesToTensor, loadTask } from '../tasks/index.ts';
import type { Task } from '../tasks/index.ts';
import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { approach } from './approaches.ts';
import { boundedCache } from './bounded-cache.ts';
import { openNetwork } from './open-network.ts';
import { openPair } from './pair/open-pair.ts';
import { isPair } from './pair/pair-setting.ts';
import type { Opened, Subject } from './subject.ts';
import type { CellContext, CellRequest, Progress } from './types.ts';

/**
 * Examples of a draw, ready for what adapts a model: pictures `[count, rows, columns, channels]` in [0, 1], waves
 * `[count, samples]`, or what the adapted model prepares of them.
 */
export interface Examples {
  readonly x: Tensor;
  readonly labels: Int32Array;
}

/** What a draw gives a method: examples to train on and examples to be measured on. */
export interface Drawing {
  readonly train: Examples;
  readonly measured: Examples;
  readonly digest: string;
}

/** Everything that one run needs, loaded and drawn. */
export interface Prepared {
  readonly request: CellRequest;
  readonly method: Method;
  readonly options: Options;
  readonly task: Task;
  /** The frozen model that runs; under the control `random-net` one with freshly drawn weights. */
  readonly model: Subject;
  /** The model as the catalogue has it. */
  readonly original: Subject;
  readonly adapted: Adapted;
  /** The same for classes without training examples, where the task has some; its parameters are those of `adapted`. */
  readonly unseen: Adapted | null;
  /** What classes are called, where the model compares pictures with texts: for the record. */
  readonly asking: Opened['asking'];
  /** Which networks the method was given in the place of the model, by their digests. */
  readonly networks: readonly string[];
  readonly drawing: Drawing;
  readonly generator: Generator;
  readonly report: ((progress: Progress) => void) | undefined;
  readonly release: () => void;
}

const tasks = boundedCache<Task>(4);

export function optionsOf(method: Method, { options }: CellRequest): Options {
  const known = [...Object.keys(method.options), ...(method.furtherOptions ?? [])];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return { ...method.options, ...options };
  const names = known.join(', ') || 'none';
  throw new RangeError(`${method.id} has no option "${unknown}"; its options: ${names}.`);
}

/** Examples in one go would need the memory of all that is between a wave and its spectrogram. */
const preparedAtOnce = 50;

function preparedExamples(x: Tensor, prepare: (x: Tensor) => Tensor): Tensor {
  const [count = 0, ...shape] = x.shape;
  const parts: Tensor[] = [];
  for (let start = 0; start < count; start += preparedAtOnce) {
    const rows = Math.min(preparedAtOnce, count - start);
    parts.push(tf.tidy(() => prepare(tf.slice(x, [start, ...shape.map(() => 0)], [rows, ...shape.map(() => -1)]))));
  }
  const whole = parts.length === 1 ? tf.clone(parts[0] ?? x) : tf.concat(parts, 0);
  tf.dispose([x, ...parts]);
  return whole;
}

function examples(task: Task, part: 'train' | 'test', indices: Int32Array, model: { readonly id: string; readonly input: ModelInput }, adapted: Adapted): Examples {
  const set = task[part];
  const x = examplesToTensor(set, indices, model.input, adapted.fit, { task: task.id, model: model.id });
  return {
    x: adapted.prepare && indices.length > 0 ? preparedExamples(x, adapted.prepare) : x,
    labels: Int32Array.from(indices, (index) => set.labels[index] ?? -1),
  };
}

/**
 * Loads what a request names and draws its examples. With `heldOut` that many of the training draw are measured on, and
 * no test example is touched; `null` measures on the test draw.
 */
export async function prepareRun(request: CellRequest, context: CellContext, heldOut: number | null): Promise<Prepared> {
  const method = approach(request.methodId);
  const options = optionsOf(method, request);
  const generator = createGenerator(request.seed);
  const task = await tasks.get(request.taskId, () => loadTask(request.taskId, context.assets));
  const open = isPair(request.modelId) ? openPair : openNetwork;
  const opened = await open({ request, method, options, task, generator, assets: context.assets });
  const { adapted } = opened;
  const subject = { id: opened.model.id, input: opened.input };
  const validation = heldOut ?? 0;
  const split = drawSplit(
    task,
    { train: request.split.train - validation, validation, test: heldOut === null ? request.split.test : 0 },
    generator.split('split'),
  );
  const [part, indices] = heldOut === null ? (['test', split.test] as const) : (['train', split.validation] as const);
  return {
    request,
    method,
    options,
    task,
    model: opened.model,
    original: opened.original,
    adapted,
    // examples that are held out of training are of trained classes alone
    unseen: heldOut === null ? opened.unseen : null,
    asking: opened.asking,
    networks: opened.networks,
    drawing: {
      train: examples(task, 'train', split.train, subject, adapted),
      measured: examples(task, part, indices, subject, adapted),
      digest: split.digest,
    },
    generator: generator.split('method'),
    report: context.report,
    release: opened.release,
  };
}

/** Frees what belongs to one run alone. */
export function releaseRun({ drawing, release }: Prepared): void {
  tf.dispose([drawing.train.x, drawing.measured.x]);
  release();
}

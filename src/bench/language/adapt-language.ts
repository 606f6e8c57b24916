import { disposeBegun, placesOf, readText } from '../../reprogramming/index.ts';
import type { LanguageSearch, Reader, Rows } from '../../reprogramming/index.ts';
import { answerText, promptText } from '../../tasks/index.ts';
import { disposeParams, softmaxCrossEntropy, tf, valueAndGradients } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { cmaEs, swapTokens, train } from '../../training/index.ts';
import type { SearchPoint, Trained } from '../../training/index.ts';
import type { Generator } from '../../random/index.ts';
import { recipeOf } from '../adapt-to-task.ts';
import { inWords } from './demonstrations.ts';
import { withTrigger } from './measure-language.ts';
import { tokensBehind, tokensOf } from './prepare-language-run.ts';
import type { PreparedLanguage } from './prepare-language-run.ts';

/** What came of adapting: parameters (the caller owns them), the course, and how often an example went through the model. */
export interface LanguageOutcome {
  readonly params: Params;
  readonly curve: Trained['curve'];
  readonly steps: number;
  readonly queries: number;
}

/** A training question as tokens: its prompt, and what the model is to give behind it. */
export interface Lesson {
  readonly prompt: readonly number[];
  /** The tokens of the answer and its end; none where it is a class. */
  readonly answer: readonly number[];
  /** The class; 0 where answers are open. */
  readonly label: number;
}

const isSteps = ({ adapted }: PreparedLanguage): boolean => adapted.words.some(({ kind }) => kind === 'steps');

function lessonsOf(prepared: PreparedLanguage): readonly Lesson[] {
  const { model, asking, classTokens, train: questions, adapted } = prepared;
  const parts = { instruction: adapted.words.some(({ kind }) => kind === 'instruction'), steps: isSteps(prepared), demonstrations: [] };
  return questions.map(({ question, label }) => {
    const prompt = promptText(asking.wording, question.question, parts);
    const text = answerText(asking.wording, inWords(prepared, question), parts.steps);
    return { prompt: tokensOf(model, prompt), answer: classTokens ? [] : tokensBehind(model, prompt, text), label };
  });
}

/** The first tokens of the classes' words; they must tell the classes apart where no head was learned for these. */
function classColumns({ classTokens, task, method, adapted }: PreparedLanguage): Int32Array | null {
  if (!classTokens) return null;
  const first = classTokens.map(([token = -1]) => token);
  if (adapted.reading.as !== 'head' && new Set(first).size < first.length) {
    throw new RangeError(`${method.name} trains on the first token of each class's words, and two classes of ${task.id} share theirs: choose other words.`);
  }
  return Int32Array.from(first);
}

/**
 * The mean loss of lessons: the cross-entropy over all tokens of all answers, or over the classes. `given` are the lessons as
 * rows that are read, and `scores` what the logits or features at an answer's places say of tokens or classes.
 */
function lossOf(reader: Reader, batch: readonly Lesson[], given: Rows, scores: (outputs: Tensor) => Tensor): Tensor {
  const labels = batch.map(({ answer, label }) => (answer.length > 0 ? answer : [label]));
  const chosen = given.flatMap((tokens, row) => {
    const asked = labels[row]?.length ?? 0;
    return Array.from({ length: asked }, (_, place) => ({ row, place: tokens.length - asked + place }));
  });
  const { outputs } = readText(reader, given, placesOf(given, chosen));
  return softmaxCrossEntropy(scores(outputs), tf.tensor1d(labels.flat(), 'int32'));
}

/** The columns of the classes' first tokens, where classes are read by these; else all. */
function columnsRead({ adapted }: PreparedLanguage, columns: Int32Array | null): (logits: Tensor) => Tensor {
  if (!columns || adapted.reading.as === 'head') return (logits) => logits;
  return (logits) => tf.gather(logits, tf.tensor1d(columns, 'int32'), 1);
}

/** The loss of lessons under parameters, with the tokens of a trigger where there is one. */
function lessonLoss(prepared: PreparedLanguage, columns: Int32Array | null) {
  const { adapted, model } = prepared;
  const read = columnsRead(prepared, columns);
  return (params: Params, batch: readonly Lesson[], how: { readonly plain?: boolean; readonly trigger?: readonly number[] } = {}): Tensor => {
    const reader: Reader = { architecture: model.architecture, begun: adapted.begin(params, how), reads: adapted.reads };
    const given = batch.map(({ prompt, answer }) => withTrigger(prepared, how.trigger ?? [], [...prompt, ...answer.slice(0, -1)]));
    return lossOf(reader, batch, given, (outputs) => read(adapted.align(params, outputs)));
  };
}

const pick = (lessons: readonly Lesson[], indices: Int32Array): readonly Lesson[] => [...indices].flatMap((index) => lessons[index] ?? []);

/** How many passes forward a step of training costs: one forward, and a backward of twice its cost. */
const passesOfAStep = 3;

/** Batches in drawn orders, one after the other, for ever. */
function endlessBatches(count: number, size: number, generator: Generator): () => Int32Array {
  let [epoch, start] = [0, 0];
  let order = generator.split(0).permutation(count);
  return () => {
    if (start >= count) {
      epoch += 1;
      start = 0;
      order = generator.split(epoch).permutation(count);
    }
    const batch = order.slice(start, Math.min(start + size, count));
    start += size;
    return batch;
  };
}

const pointsOf = (curve: readonly SearchPoint[]): Trained['curve'] => {
  const every = Math.max(1, Math.ceil(curve.length / 50));
  return curve.flatMap(({ loss }, at) => (at % every === 0 || at === curve.length - 1 ? [{ epoch: at + 1, loss }] : []));
};

/** Searches by CMA-ES over all parameters side by side, with as many passes through the model as training would have. */
async function searchByStrategy(
  prepared: PreparedLanguage,
  initial: Params,
  loss: (params: Params, batch: readonly Lesson[]) => number,
  lessons: readonly Lesson[],
  { population }: Extract<LanguageSearch, { by: 'cma-es' }>,
): Promise<LanguageOutcome> {
  const { request, generator, report } = prepared;
  const [[name, first] = []] = Object.entries(initial);
  if (name === undefined || !first || Object.keys(initial).length !== 1) throw new Error('CMA-ES searches one tensor.');
  const start = Float64Array.from(first.dataSync());
  const { shape } = first;
  const next = endlessBatches(lessons.length, request.batch, generator.split('training'));
  const passes = passesOfAStep * Math.ceil(lessons.length / request.batch) * request.epochs;
  let queries = 0;
  const found = await cmaEs({
    start,
    sigma: request.learningRate ?? 1,
    population,
    evaluations: Math.max(population, passes),
    generator: generator.split('directions'),
    loss: (candidates) => {
      const batch = pick(lessons, next());
      queries += candidates.length * batch.length;
      return candidates.map((candidate) => {
        const params = { [name]: tf.tensor(Float32Array.from(candidate), shape) };
        const value = loss(params, batch);
        disposeParams(params);
        return value;
      });
    },
    ...(report ? { report: (done: number, total: number) => report({ stage: 'train', done, total }) } : {}),
  });
  disposeParams(initial);
  // losses of generations come from different batches: the mean is the better judge than the best of one batch
  return { params: { [name]: tf.tensor(Float32Array.from(found.mean), shape) }, curve: pointsOf(found.curve), steps: found.evaluations, queries };
}

/** The tokens that stand for text; the others mark starts, ends and padding. */
function wordTokens({ tokenizer, start, architecture }: PreparedLanguage['model']): Int32Array {
  const ids = Int32Array.from({ length: architecture.vocabulary }, (_, id) => id);
  return ids.filter((id) => id !== start && tokenizer.tokenOf(id) !== undefined && tokenizer.decode([id]) !== '');
}

/** Searches the tokens of a trigger by swaps, with as many passes through the model as training would have. */
async function searchBySwaps(
  prepared: PreparedLanguage,
  initial: Params,
  loss: ReturnType<typeof lessonLoss>,
  lessons: readonly Lesson[],
  { candidates }: Extract<LanguageSearch, { by: 'swap-tokens' }>,
): Promise<LanguageOutcome> {
  const { request, generator, model, adapted, report } = prepared;
  const { architecture, weights } = model;
  const { vocabulary, width } = architecture;
  const name = adapted.trigger;
  const first = name === null ? undefined : initial[name];
  if (name === null || !first) throw new Error('There is no trigger to be searched.');
  const start = Int32Array.from(first.dataSync(), Math.round);
  const embeddings = tf.tidy(() => Float32Array.from(architecture.embed(weights, tf.range(0, vocabulary, 1, 'int32').reshape([1, vocabulary])).dataSync()));
  const next = endlessBatches(lessons.length, request.batch, generator.split('training'));
  const passes = passesOfAStep * Math.ceil(lessons.length / request.batch) * request.epochs;
  const head = model.start === null ? 0 : 1;
  const lossAt = (ids: Int32Array, batch: readonly Lesson[]): number =>
    tf.tidy(() => loss({}, batch, { trigger: [...ids] }).dataSync()[0] ?? NaN);
  const found = await swapTokens({
    start,
    steps: Math.max(1, Math.floor(passes / (passesOfAStep + candidates + 1))),
    candidates,
    allowed: wordTokens(model),
    generator: generator.split('directions'),
    embeddings,
    width,
    gradient: (ids, indices) => triggerGradient(prepared, pick(lessons, indices), [...ids], head),
    loss: (prompts, indices) => prompts.map((ids) => lossAt(ids, pick(lessons, indices))),
    batches: () => ({ gradient: next(), evaluation: next() }),
    ...(report ? { report: (done: number, total: number) => report({ stage: 'train', done, total }) } : {}),
  });
  disposeParams(initial);
  return {
    params: { [name]: tf.tensor1d(Float32Array.from(found.ids)) },
    curve: pointsOf(found.curve),
    steps: found.curve.length,
    queries: found.evaluations,
  };
}

/** The derivative of the lessons' loss with respect to the embeddings of a trigger's tokens, `[tokens, width]`. */
export function triggerGradient(prepared: PreparedLanguage, lessons: readonly Lesson[], trigger: readonly number[], head: number): Float32Array {
  const { model } = prepared;
  const { architecture, weights } = model;
  const vectors = tf.tidy(() => architecture.embed(weights, tf.tensor2d([...trigger], [1, trigger.length], 'int32')).reshape([trigger.length, architecture.width]));
  // the start token stands before the trigger, so it is read as a vector, too
  const behind = lessons.map((lesson) => ({ ...lesson, prompt: lesson.prompt.slice(head) }));
  const read = columnsRead(prepared, classColumns(prepared));
  const started = head === 1 && model.start !== null ? [model.start] : [];
  const { value, gradients } = valueAndGradients(({ trigger: moved = vectors }) => {
    const opened = started.length > 0 ? tf.concat([architecture.embed(weights, tf.tensor2d(started, [1, 1], 'int32')).reshape([1, -1]), moved], 0) : moved;
    const reader: Reader = { architecture, begun: { weights, front: null, unread: opened, extra: null } };
    return lossOf(reader, behind, behind.map(({ prompt, answer }) => [...prompt, ...answer.slice(0, -1)]), read);
  }, { trigger: vectors });
  const numbers = Float32Array.from(gradients['trigger']?.dataSync() ?? []);
  tf.dispose([value, vectors, ...Object.values(gradients)]);
  return numbers;
}

/** Features of all lessons where only a head is trained, `[lessons, width]`: they never change. */
function fixedFeatures(prepared: PreparedLanguage, params: Params, lessons: readonly Lesson[]): Tensor {
  const { adapted, model } = prepared;
  const { architecture, weights } = model;
  const begun = adapted.begin(params);
  const parts: Tensor[] = [];
  for (let start = 0; start < lessons.length; start += 50) {
    const rows = lessons.slice(start, start + 50).map(({ prompt }) => prompt);
    const { outputs } = tf.tidy(() => ({ outputs: readText({ architecture, begun, reads: 'features' }, rows, 'last').outputs }));
    parts.push(outputs);
  }
  const all = tf.concat(parts, 0);
  tf.dispose(parts);
  disposeBegun(begun, { ...weights, ...params });
  return all;
}

/**
 * Adapts a language model to the training questions: trains or searches what there is to train. Where only a head is
 * trained, the features are computed once.
 */
export async function adaptLanguage(prepared: PreparedLanguage): Promise<LanguageOutcome> {
  const { adapted, generator, method, options, request, report } = prepared;
  const initial = adapted.initialise(generator.split('initial'));
  const names = Object.keys(initial);
  const isIdle = method.recipe === null || request.epochs === 0 || names.length === 0 || request.control === 'untrained-program';
  if (isIdle) return { params: initial, curve: [], steps: 0, queries: 0 };
  const lessons = lessonsOf(prepared);
  const columns = classColumns(prepared);
  const loss = lessonLoss(prepared, columns);
  const search = method.recipe?.search?.(options);
  if (search?.by === 'swap-tokens') return searchBySwaps(prepared, initial, loss, lessons, search);
  if (search?.by === 'cma-es') {
    const valueOf = (params: Params, batch: readonly Lesson[]): number => tf.tidy(() => loss(params, batch).dataSync()[0] ?? NaN);
    return searchByStrategy(prepared, initial, valueOf, lessons, search);
  }
  const recipe = recipeOf(prepared);
  if (!recipe) throw new Error(`${method.id} has nothing to follow.`);
  const isHeadAlone = columns !== null && names.every((name) => name.startsWith('alignment.'));
  const features = isHeadAlone ? fixedFeatures(prepared, initial, lessons) : null;
  try {
    const trained = await train(initial, {
      recipe,
      count: lessons.length,
      generator: generator.split('training'),
      loss: (params, indices) => {
        if (!features) return { loss: loss(params, pick(lessons, indices)) };
        const read = tf.gather(features, tf.tensor1d(indices, 'int32'));
        const labels = pick(lessons, indices).map(({ label }) => label);
        return { loss: softmaxCrossEntropy(adapted.align(params, read), tf.tensor1d(labels, 'int32')) };
      },
      ...(report ? { report: (done: number, total: number) => report({ stage: 'train', done, total }) } : {}),
    });
    return { params: trained.params, curve: trained.curve, steps: trained.steps, queries: features ? lessons.length : trained.evaluations };
  } finally {
    features?.dispose();
  }
}

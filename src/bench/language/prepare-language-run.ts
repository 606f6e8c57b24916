import { languageModelIds, loadLanguageModel } from '../../models/index.ts';
import type { FrozenLanguageModel } from '../../models/index.ts';
import { createGenerator } from '../../random/index.ts';
import type { Generator } from '../../random/index.ts';
import type { AdaptedLanguage, Method, Options } from '../../reprogramming/index.ts';
import { drawSplit, loadTask, promptText } from '../../tasks/index.ts';
import type { Question, Task, TextSet, Wording } from '../../tasks/index.ts';
import { digestParams, disposeParams } from '../../tensor/index.ts';
import { approach } from '../approaches.ts';
import { boundedCache } from '../bounded-cache.ts';
import { optionsOf } from '../prepare-run.ts';
import type { CellContext, CellRequest, Progress } from '../types.ts';

/** A question of a draw: where it stands in its pool, what it says, its class (0 where answers are open). */
export interface Drawn {
  readonly index: number;
  readonly question: Question;
  readonly label: number;
}

/** How a run asks: which wording, and which of three orders demonstrations stand in. */
export interface Asking {
  readonly wording: Wording;
  readonly number: number;
  readonly order: number;
}

/** Everything that one run on a language model needs, loaded and drawn. */
export interface PreparedLanguage {
  readonly request: CellRequest;
  readonly method: Method;
  readonly options: Options;
  readonly task: Task;
  /** The frozen model that runs; under the control `random-net` one with freshly drawn weights. */
  readonly model: FrozenLanguageModel;
  readonly original: FrozenLanguageModel;
  readonly adapted: AdaptedLanguage;
  readonly asking: Asking;
  /** The tokens of the words for each class; `null` where answers are open. */
  readonly classTokens: readonly (readonly number[])[] | null;
  readonly train: readonly Drawn[];
  readonly measured: readonly Drawn[];
  /** The pool that the measured questions stand in. */
  readonly pool: TextSet;
  readonly digest: string;
  readonly generator: Generator;
  readonly report: ((progress: Progress) => void) | undefined;
}

const models = boundedCache<FrozenLanguageModel>(2, (model) => disposeParams(model.weights));
const tasks = boundedCache<Task>(8);

export const isLanguageModel = (id: string): boolean => languageModelIds.includes(id);

/** The token ids of a text, the start token in front. */
export function tokensOf({ tokenizer, start }: FrozenLanguageModel, text: string): number[] {
  const ids = tokenizer.encode(text, { specials: false });
  return start === null ? [...ids] : [start, ...ids];
}

/**
 * The tokens that follow those of a prompt when a text goes on; both are read together, as lm-evaluation-harness does.
 * @throws RangeError where the text changes the prompt's own last tokens
 */
export function tokensBehind(model: FrozenLanguageModel, prompt: string, text: string): number[] {
  const [before, whole] = [tokensOf(model, prompt), tokensOf(model, `${prompt}${text}`)];
  if (before.some((id, place) => whole[place] !== id)) {
    throw new RangeError(`The tokens of "${text}" melt into those of the prompt before it: let the wording's delimiter begin with a space.`);
  }
  return whole.slice(before.length);
}

const orders = 3;
const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/**
 * The wording that the options name, from 0; `balanced`: seeds take wordings in turn and, wording by wording, the three orders,
 * so that nine seeds have each pair once where there are three wordings.
 */
function askingOf(task: Task, options: Options, seed: number): Asking {
  const wordings = task.wordings ?? [];
  const chosen = options['wording'] ?? 0;
  const isBalanced = chosen === 'balanced';
  const number = isBalanced ? modulo(seed - 1, wordings.length) : chosen;
  const wording = typeof number === 'number' ? wordings[number] : undefined;
  if (!wording || typeof number !== 'number') {
    throw new RangeError(`Option "wording" is ${JSON.stringify(chosen)}; ${task.id} has wordings 0 to ${wordings.length - 1}, or balanced.`);
  }
  return { wording, number, order: isBalanced ? modulo(Math.floor((seed - 1) / wordings.length), orders) : 0 };
}

/**
 * The tokens of the words for each class, as they stand behind a question; `null` where answers are open.
 * @throws RangeError where two classes have the same words, or one has none
 */
export function tokensOfClasses(model: FrozenLanguageModel, { id, classes }: Task, wording: Wording): readonly (readonly number[])[] | null {
  if (classes.length === 0) return null;
  const words = wording.classWords ?? classes;
  if (words.length !== classes.length) throw new RangeError(`${id} has ${classes.length} classes and words for ${words.length}.`);
  const empty = words.findIndex((word) => word.trim() === '');
  if (empty >= 0) throw new RangeError(`The class ${classes[empty]} of ${id} has no words: a class needs at least one token.`);
  const prompt = promptText(wording, wording.contentFree ?? classes[0] ?? '', { instruction: false, steps: false, demonstrations: [] });
  const tokens = words.map((word) => tokensBehind(model, prompt, `${wording.delimiter}${word}`));
  const same = tokens.findIndex((each, k) => tokens.findIndex((other) => other.join() === each.join()) < k);
  if (same >= 0) throw new RangeError(`Two classes of ${id} have the same words, "${words[same]}": no answer could tell them apart.`);
  return tokens;
}

/** A text set, or a sentence about what the task holds instead. */
function textSetOf(task: Task, part: 'train' | 'test', model: string): TextSet {
  const set = task[part];
  if ('questions' in set) return set;
  throw new RangeError(`The task ${task.id} holds no texts; ${model} reads text, so choose another task or model.`);
}

const drawnOf = (set: TextSet, indices: Int32Array): Drawn[] =>
  Array.from(indices, (index) => ({ index, question: set.questions(index), label: set.labels[index] ?? 0 }));

/**
 * Loads what a request names and draws its questions. With `heldOut` that many of the training draw are measured on, and no
 * test question is touched; `null` measures on the test draw.
 */
export async function prepareLanguageRun(request: CellRequest, context: CellContext, heldOut: number | null): Promise<PreparedLanguage> {
  const method = approach(request.methodId);
  const options = optionsOf(method, request);
  const generator = createGenerator(request.seed);
  const task = await tasks.get(request.taskId, () => loadTask(request.taskId, context.assets));
  const original = await models.get(request.modelId, () => loadLanguageModel(request.modelId, context.assets));
  if (!method.adaptLanguage) {
    throw new RangeError(`${method.name} has no meaning for text; ${original.id} is a language model, so choose another model or method.`);
  }
  const [train, test] = [textSetOf(task, 'train', original.id), textSetOf(task, 'test', original.id)];
  const asking = askingOf(task, options, request.seed);
  const model = request.control === 'random-net' ? randomLanguageModel(original, generator.split('random-net')) : original;
  const classTokens = tokensOfClasses(model, task, asking.wording);
  const { instruction } = asking.wording;
  const adapted = method.adaptLanguage({
    model,
    options,
    classTokens,
    instructionTokens: instruction === null ? null : model.tokenizer.encode(instruction, { specials: false }),
  });
  const validation = heldOut ?? 0;
  const sizes = { train: request.split.train - validation, validation, test: heldOut === null ? request.split.test : 0 };
  const split = drawSplit(task, sizes, generator.split('split'));
  const [pool, indices] = heldOut === null ? ([test, split.test] as const) : ([train, split.validation] as const);
  return {
    request,
    method,
    options,
    task,
    model,
    original,
    adapted,
    asking,
    classTokens,
    train: drawnOf(train, split.train),
    measured: drawnOf(pool, indices),
    pool,
    digest: split.digest,
    generator: generator.split('method'),
    report: context.report,
  };
}

/** The same architecture with freshly drawn weights. */
function randomLanguageModel(model: FrozenLanguageModel, generator: Generator): FrozenLanguageModel {
  const weights = model.architecture.initialise(generator);
  return { ...model, weights, digest: digestParams(weights) };
}

/** Frees what belongs to one run alone. */
export function releaseLanguageRun({ model, original }: PreparedLanguage): void {
  if (model !== original) disposeParams(model.weights);
}

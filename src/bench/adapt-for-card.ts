import { imageTextModelIds, imageTextModelRow, languageModelIds, languageModelRow, modelIds, modelRow, oneTree } from '../models/index.ts';
import type { FrozenImageTextModel, FrozenLanguageModel, FrozenModel } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import type { Adapted, AdaptedLanguage, LabelMap, Method, Options } from '../reprogramming/index.ts';
import { groupingMap } from '../reprogramming/index.ts';
import { findTask, findVerbalizer } from '../tasks/index.ts';
import { disposeParams, tf } from '../tensor/index.ts';
import { adaptedPair, checkReadsOthers } from './pair/open-pair.ts';
import { isPair, pairSetting, someClasses } from './pair/pair-setting.ts';
import { wordingOf } from './pair/wording-of.ts';

/** What a card says of a method on a model and a task. */
export type Facts = Pick<Adapted | AdaptedLanguage, 'taxonomy' | 'trainable'>;

/** A map of the verbalizer's shape: class and counts don't depend on what it holds. */
function verbalizerMap(modelId: string, taskId: string, sources: number, targets: number): LabelMap | null {
  if (!findVerbalizer(modelId, taskId)) return null;
  return groupingMap(Array.from({ length: targets }, (_, target) => [target % sources]), sources);
}

/**
 * Applies a method to a model with drawn weights: class and counts don't depend on the weights' values.
 * @throws RangeError where the method doesn't take the model, or where a language model's shape isn't known before its weights
 */
export function adaptForCard(method: Method, options: Options, modelId: string, taskId: string): Facts {
  const all = { ...method.options, ...options };
  if (isPair(modelId)) return adaptImageTextModel(method, all, modelId, taskId);
  return languageModelIds.includes(modelId)
    ? adaptLanguageModel(method, all, modelId, taskId)
    : adaptNetwork(method, all, modelId, taskId);
}

function adaptNetwork(method: Method, options: Options, modelId: string, taskId: string): Adapted {
  const { architecture, homeMade } = modelRow(modelId);
  const { classes, seriesLength } = findTask(taskId);
  const weights = architecture.initialise(createGenerator(0));
  const model: FrozenModel = { id: modelId, architecture, weights, digest: '', classes: [], homeMade };
  try {
    return method.adapt({
      model,
      targets: classes.length,
      options,
      verbalizer: verbalizerMap(modelId, taskId, architecture.outputs, classes.length),
      ...(seriesLength === undefined ? {} : { seriesLength }),
    });
  } finally {
    disposeParams(weights);
  }
}

/** Words as numbers, in the order in which they come: counts don't depend on which they are. */
function standInTokenizer({ text }: NonNullable<ReturnType<typeof imageTextModelRow>['architecture']>): FrozenImageTextModel['tokenizer'] {
  const { vocabulary } = text.language;
  const ids = Array.from({ length: vocabulary }, (_, id) => id).filter((id) => id !== text.end);
  const [start = 0, ...free] = ids;
  const known = new Map<string, number>();
  const idOf = (word: string): number => {
    const id = known.get(word) ?? free[known.size % free.length] ?? start;
    known.set(word, id);
    return id;
  };
  const words = (written: string): readonly string[] => written.split(' ').filter((word) => word !== '');
  return { size: vocabulary, encode: (written) => [start, ...words(String(written)).map(idOf), text.end], decode: () => '', idOf: () => undefined, tokenOf: () => undefined };
}

function adaptImageTextModel(method: Method, options: Options, modelId: string, taskId: string): Facts {
  const { architecture, homeMade, title } = imageTextModelRow(modelId);
  if (!architecture) throw new RangeError(`The shape of ${title} is known only once its weights are read.`);
  const task = findTask(taskId);
  const wording = wordingOf({ id: modelId, homeMade }, task);
  const { trainedClasses = wording.names.length } = task;
  const generator = createGenerator(0);
  const weights = { image: architecture.image.initialise(generator), text: architecture.text.initialise(generator), logitScale: tf.scalar(0) };
  // counts don't depend on what the blocks of the text tower compute, and a table has thousands of texts
  const { text } = architecture;
  const quick = { ...architecture, text: { ...text, language: { ...text.language, blocks: () => [] } } };
  const model: FrozenImageTextModel = { id: modelId, architecture: quick, weights, digest: '', tokenizer: standInTokenizer(architecture), homeMade };
  const { setting, dispose } = pairSetting(model, someClasses(wording, 0, trainedClasses), options);
  try {
    const adapted = adaptedPair(method, setting);
    adapted.dispose?.();
    if (trainedClasses < wording.names.length) checkReadsOthers(method, adapted, taskId);
    return adapted;
  } finally {
    dispose();
    disposeParams(oneTree(weights));
  }
}

function adaptLanguageModel(method: Method, options: Options, modelId: string, taskId: string): AdaptedLanguage {
  const { architecture, homeMade, title } = languageModelRow(modelId);
  const { classes } = findTask(taskId);
  if (!architecture) throw new RangeError(`The shape of ${title} is known only once its weights are read.`);
  if (!method.adaptLanguage) throw new RangeError(`${method.name} has no meaning for text, and ${title} reads text.`);
  const weights = architecture.initialise(createGenerator(0));
  const tokenizer = { size: architecture.vocabulary, encode: () => [], decode: () => '', idOf: () => undefined, tokenOf: () => undefined };
  const model: FrozenLanguageModel = { id: modelId, architecture, weights, digest: '', tokenizer, start: 0, homeMade };
  try {
    return method.adaptLanguage({
      model,
      options,
      classTokens: classes.length === 0 ? null : classes.map((_, k) => [k]),
      instructionTokens: [0],
    });
  } finally {
    disposeParams(weights);
  }
}

/** A method with its own options on the first model and task that take it, for one that no table has yet. */
export function adaptAnywhere(method: Method): Facts | undefined {
  const places = [
    ...modelIds.map((modelId) => [modelId, 'mnist'] as const),
    ...imageTextModelIds.map((modelId) => [modelId, 'world-tinted'] as const),
    ...languageModelIds.flatMap((modelId) => [[modelId, 'words-sort'], [modelId, 'letters-to-digits']] as const),
  ];
  for (const [modelId, taskId] of places) {
    try {
      return adaptForCard(method, {}, modelId, taskId);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
}

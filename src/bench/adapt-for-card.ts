import { languageModelIds, languageModelRow, modelIds, modelRow } from '../models/index.ts';
import type { FrozenLanguageModel, FrozenModel } from '../models/index.ts';
import { createGenerator } from '../random/index.ts';
import type { Adapted, AdaptedLanguage, LabelMap, Method, Options } from '../reprogramming/index.ts';
import { groupingMap } from '../reprogramming/index.ts';
import { findTask, findVerbalizer } from '../tasks/index.ts';
import { disposeParams } from '../tensor/index.ts';

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

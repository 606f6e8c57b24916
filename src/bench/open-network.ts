import { loadModel, randomlyInitialised } from '../models/index.ts';
import type { FrozenModel } from '../models/index.ts';
import { groupingMap } from '../reprogramming/index.ts';
import { findTask, findVerbalizer, resolveVerbalizer } from '../tasks/index.ts';
import { disposeParams } from '../tensor/index.ts';
import { boundedCache } from './bounded-cache.ts';
import type { Opened, Opening } from './subject.ts';

const models = boundedCache<FrozenModel>(4, (model) => disposeParams(model.weights));

/** Loads a network and applies the method to it. */
export async function openNetwork({ request, method, options, task, generator, assets }: Opening): Promise<Opened> {
  if (task.trainedClasses !== undefined) {
    throw new RangeError(`${task.id} asks for classes without training examples, which only a model that reads their names can answer; choose a pair such as world-pair.`);
  }
  const original = await models.get(request.modelId, () => loadModel(request.modelId, assets));
  const model =
    request.control === 'random-net' ? randomlyInitialised(original, generator.split('random-net')) : original;
  const verbalizer = findVerbalizer(request.modelId, request.taskId);
  const { seriesLength } = findTask(request.taskId);
  const adapted = method.adapt({
    model,
    targets: task.classes.length,
    options,
    verbalizer: verbalizer
      ? groupingMap(resolveVerbalizer(verbalizer, model.classes, task.classes), model.architecture.outputs)
      : null,
    ...(seriesLength === undefined ? {} : { seriesLength }),
  });
  return {
    model,
    original,
    input: model.architecture.input,
    adapted,
    unseen: null,
    asking: null,
    networks: [],
    release: () => {
      if (model !== original) disposeParams(model.weights);
    },
  };
}

import { imageTextModelRow, loadImageTextModel, oneTree } from '../../models/index.ts';
import type { FrozenImageTextModel } from '../../models/index.ts';
import { checkNames, plainTexts } from '../../reprogramming/index.ts';
import type { Adapted, Method, PairSetting } from '../../reprogramming/index.ts';
import { shortHash } from '../../results/index.ts';
import { boundedCache } from '../bounded-cache.ts';
import type { Opened, Opening, Subject } from '../subject.ts';
import { disposePair, pairSetting, randomlyInitialisedPair, someClasses } from './pair-setting.ts';
import { wordingOf } from './wording-of.ts';

const pairs = boundedCache<FrozenImageTextModel>(2, disposePair);

const subjectOf = ({ id, weights, digest, homeMade }: FrozenImageTextModel): Subject => ({ id, weights: oneTree(weights), digest, homeMade });

/** Applies a method to a pair: by its own road, or to the image tower with the plainest texts as its classes. */
export function adaptedPair({ adapt, adaptPair }: Pick<Method, 'adapt' | 'adaptPair'>, setting: PairSetting): Adapted {
  if (adaptPair) return adaptPair(setting);
  const { options, wording, classifier } = setting;
  return adapt({ model: classifier(plainTexts(wording)), targets: wording.names.length, options, verbalizer: null });
}

/** @throws RangeError where what is adapted can't answer with classes that it wasn't trained on */
export function checkReadsOthers({ name }: Pick<Method, 'name'>, adapted: Adapted, taskId: string, unseen = adapted): void {
  if (adapted.readsOtherClasses && adapted.trainable === unseen.trainable) return;
  throw new RangeError(`${name} learns something for each class, so it can't answer with classes that it wasn't trained on; leave its row out of ${taskId}.`);
}

/** Loads a pair and applies the method to it, for the classes that have training examples and for those that have none. */
export async function openPair({ request, method, options, task, generator, assets }: Opening): Promise<Opened> {
  const wording = wordingOf(imageTextModelRow(request.modelId), task);
  const original = await pairs.get(request.modelId, () => loadImageTextModel(request.modelId, assets));
  const model = request.control === 'random-net' ? randomlyInitialisedPair(original, generator.split('random-net')) : original;
  const classes = task.classes.length;
  const trained = task.trainedClasses ?? classes;
  const settings = [someClasses(wording, 0, trained), ...(trained < classes ? [someClasses(wording, trained, classes)] : [])].map((some) =>
    pairSetting(model, some, options),
  );
  const made: Adapted[] = [];
  const release = (): void => {
    for (const each of made) each.dispose?.();
    for (const { dispose } of settings) dispose();
    if (model !== original) disposePair(model);
  };
  try {
    checkNames(model, wording.names);
    for (const { setting } of settings) made.push(adaptedPair(method, setting));
    const [seen, other] = made;
    if (seen && other) checkReadsOthers(method, seen, task.id, other);
  } catch (error) {
    release();
    throw error;
  }
  const [adapted, unseen = null] = made;
  if (!adapted) throw new Error(`${method.id} was applied to no classes.`);
  return {
    model: subjectOf(model),
    original: subjectOf(original),
    input: model.architecture.image.input,
    adapted,
    unseen,
    asking: { texts: wording.templates[0] ?? '{}', wording: shortHash(wording) },
    networks: settings.flatMap(({ classifiers }) => classifiers()),
    release,
  };
}

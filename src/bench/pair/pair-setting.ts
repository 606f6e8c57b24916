import { disposeImageClassifier, imageClassifier, imageTextModelIds, oneTree } from '../../models/index.ts';
import type { FrozenImageTextModel, FrozenModel } from '../../models/index.ts';
import type { Generator } from '../../random/index.ts';
import { writtenFeatures } from '../../reprogramming/index.ts';
import type { Options, PairSetting, PairWording } from '../../reprogramming/index.ts';
import { digestParams, disposeParams, tf } from '../../tensor/index.ts';

export const isPair = (id: string): boolean => imageTextModelIds.includes(id);

/** A setting, and what was made for it. */
export interface OpenedPairSetting {
  readonly setting: PairSetting;
  /** Digests of the networks with classes that a method asked for. */
  readonly classifiers: () => readonly string[];
  readonly dispose: () => void;
}

/** What a method is applied to on a pair; `dispose` frees the networks with classes that it asked for. */
export function pairSetting(model: FrozenImageTextModel, wording: PairWording, options: Options): OpenedPairSetting {
  const made: FrozenModel[] = [];
  const classifier = (texts: readonly string[]): FrozenModel => {
    const embeddings = writtenFeatures(model, texts.map((text) => [text]));
    const network = imageClassifier(model, { names: texts, embeddings });
    tf.dispose(embeddings);
    made.push(network);
    return network;
  };
  return {
    setting: { model, options, wording, classifier },
    classifiers: () => made.map(({ digest }) => digest),
    dispose: () => made.forEach(disposeImageClassifier),
  };
}

/** Some of the classes of a wording, from `first` to before `end`. */
export function someClasses({ names, templates, synonyms, descriptions, distinctions }: PairWording, first: number, end: number): PairWording {
  return {
    names: names.slice(first, end),
    templates,
    synonyms: synonyms.slice(first, end),
    descriptions: descriptions.slice(first, end),
    distinctions: distinctions.slice(first, end),
  };
}

/** The same towers with freshly drawn weights, for controls; the scale of the similarities stays. The caller owns them. */
export function randomlyInitialisedPair(model: FrozenImageTextModel, generator: Generator): FrozenImageTextModel {
  const { image, text } = model.architecture;
  const weights = {
    image: image.initialise(generator.split('image')),
    text: text.initialise(generator.split('text')),
    logitScale: model.weights.logitScale.clone(),
  };
  return { ...model, weights, digest: digestParams(oneTree(weights)) };
}

export const disposePair = ({ weights }: FrozenImageTextModel): void => disposeParams(oneTree(weights));

import { digestParams, linear, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { fanInWeights } from './fan-in-weights.ts';
import type { FrozenImageTextModel } from './frozen-image-text-model.ts';
import type { ImageTower } from './image-text-architecture.ts';
import type { Architecture, FrozenModel } from './types.ts';
import { unitLength } from './unit-length.ts';
import { weight } from './weight.ts';

/** Embeddings of pictures before they are brought to unit length, `[batch, embeddingWidth]`; pictures as `embed` takes them. */
export function imageFeatures({ embed, blocks, features }: ImageTower, weights: Params, pictures: Tensor): Tensor {
  return tf.tidy(() => features(weights, blocks.reduce((state, block) => block(weights, state), embed(weights, pictures))));
}

/**
 * exp(logit scale)·⟨image, text⟩ of embeddings, which are brought to unit length: `[batch, embeddingWidth]` and
 * `[texts, embeddingWidth]` → `[batch, texts]`. Gradients pass through to both.
 */
export function similarityLogits(images: Tensor, texts: Tensor, logitScale: Tensor): Tensor {
  return tf.tidy(() => tf.mul(tf.matMul(unitLength(images), unitLength(texts), false, true), tf.exp(logitScale)));
}

const headName = 'head.weight';

function architectureFor(tower: ImageTower, outputs: number): Architecture {
  const { shapes: _, ...rest } = tower;
  return {
    ...rest,
    outputs,
    classifierWeights: [headName],
    classify: (weights, features) => linear(unitLength(features), weight(weights, headName)),
    initialise: (generator) => ({
      ...tower.initialise(generator),
      ...fanInWeights([[headName, [tower.featureWidth, outputs]]], generator),
    }),
  };
}

/** Classes that texts stand for. */
export interface ClassEmbeddings {
  readonly names: readonly string[];
  /** `[classes, embeddingWidth]`, brought to unit length here. */
  readonly embeddings: Tensor;
}

/**
 * The image tower as a network with fixed classes, whose texts are read once: the source classes of a reprogrammed CLIP. Its
 * head, `[embeddingWidth, classes]`, holds exp(logit scale)·w_c. The other weights are the pair's own tensors; the caller
 * owns the head alone and frees it with {@link disposeImageClassifier}.
 * @throws RangeError where names and embeddings don't fit
 */
export function imageClassifier(model: Omit<FrozenImageTextModel, 'digest' | 'tokenizer'>, { names, embeddings }: ClassEmbeddings): FrozenModel {
  const { image } = model.architecture;
  if (embeddings.shape.join() !== [names.length, image.featureWidth].join()) {
    throw new RangeError(`${names.length} classes need embeddings [${names.length}, ${image.featureWidth}], but they are [${embeddings.shape}].`);
  }
  const head = tf.tidy(() => tf.transpose(tf.mul(unitLength(embeddings), tf.exp(model.weights.logitScale))));
  const weights: Params = { ...model.weights.image, [headName]: head };
  return {
    id: model.id,
    architecture: architectureFor(image, names.length),
    weights,
    digest: digestParams(weights),
    classes: names,
    homeMade: model.homeMade,
  };
}

/** Frees what {@link imageClassifier} made. */
export function disposeImageClassifier({ weights }: FrozenModel): void {
  weights[headName]?.dispose();
}

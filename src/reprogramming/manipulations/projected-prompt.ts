import type { FrozenLanguageModel } from '../../models/index.ts';
import { createGenerator } from '../../random/index.ts';
import { entry, tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { LanguageManipulation } from '../language/types.ts';
import { zeros } from '../parameters.ts';

export interface ProjectedPromptOptions {
  /** Vectors in front. */
  readonly count: number;
  /** How many numbers are searched. */
  readonly dimension: number;
}

/**
 * Vectors `[count, width]` in front of a text: embeddings of tokens drawn once, plus z·A with z `[dimension]` searched and A
 * fixed, drawn once for a model and the same for all seeds (BBT, Sun et al. 2022, arXiv 2201.03514; txsun1997/Black-Box-Tuning).
 * A is normal; its deviation is that of the embeddings divided by √dimension, so that z of unit size moves a vector as far as
 * embeddings lie apart.
 */
export function projectedPrompt(model: FrozenLanguageModel, { count, dimension }: ProjectedPromptOptions): LanguageManipulation {
  const { architecture, weights } = model;
  const { width, vocabulary } = architecture;
  const generator = createGenerator('projected prompt');
  const ids = Int32Array.from({ length: count }, () => generator.integer(vocabulary));
  const embed = (): Tensor => tf.reshape(architecture.embed(weights, tf.tensor2d(ids, [1, count], 'int32')), [count, width]);
  const table = tf.tidy(() => Float32Array.from(architecture.embed(weights, tf.range(0, vocabulary, 1, 'int32').reshape([1, vocabulary])).dataSync()));
  const deviation = Math.sqrt(table.reduce((sum, value) => sum + value * value, 0) / table.length / dimension);
  const normals = Float32Array.from(generator.normals(dimension * count * width), (value) => value * deviation);
  return {
    site: { location: 'embedding' },
    parameters: { z: zeros([dimension]) },
    action: {
      operator: 'concatenative',
      inFront: (λ) => {
        const moved = tf.matMul(tf.reshape(entry(λ, 'z'), [1, dimension]), tf.tensor2d(normals, [dimension, count * width]));
        return tf.add(embed(), tf.reshape(moved, [count, width]));
      },
    },
  };
}

import type { FrozenLanguageModel } from '../../models/index.ts';
import { entry, tf } from '../../tensor/index.ts';
import type { LanguageManipulation } from '../language/types.ts';
import { uniformWithin } from '../parameters.ts';
import type { ParameterSpec } from '../types.ts';

/** Where the vectors of a soft prompt start. */
export type SoftPromptStart =
  /** Uniform in [−0.5, 0.5). */
  | { readonly from: 'random' }
  /** The embeddings of tokens drawn at random. */
  | { readonly from: 'vocabulary' }
  /** The embeddings of these tokens, from the first again when there are fewer. */
  | { readonly from: 'tokens'; readonly ids: readonly number[] };

/** Rows of the embedding table, `[ids, width]` row-major. */
function embedded({ architecture, weights }: FrozenLanguageModel, ids: readonly number[]): Float32Array {
  return tf.tidy(() => Float32Array.from(architecture.embed(weights, tf.tensor2d([...ids], [1, ids.length], 'int32')).dataSync()));
}

function promptSpec(model: FrozenLanguageModel, count: number, start: SoftPromptStart): ParameterSpec {
  const shape = [count, model.architecture.width];
  if (start.from === 'random') return uniformWithin(shape, 0.5);
  return {
    shape,
    initial: (generator) =>
      embedded(
        model,
        Array.from({ length: count }, (_, at) =>
          start.from === 'tokens' ? (start.ids[at % start.ids.length] ?? 0) : generator.integer(model.architecture.vocabulary),
        ),
      ),
  };
}

/**
 * Learned vectors `[count, width]` in front of the embeddings of a text (prompt tuning, Lester et al. 2021,
 * arXiv 2104.08691).
 */
export function softPrompt(model: FrozenLanguageModel, count: number, start: SoftPromptStart): LanguageManipulation {
  return {
    site: { location: 'embedding' },
    parameters: { prompt: promptSpec(model, count, start) },
    action: { operator: 'concatenative', inFront: (λ) => entry(λ, 'prompt') },
  };
}

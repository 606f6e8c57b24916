import { languageLogits } from '../models/index.ts';
import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { LanguageCase, TokenBatch } from './language-case.ts';

/**
 * Prompt tuning (Lester et al., arXiv 2104.08691): a prompt `[prompts, width]` stands in front of the embeddings of each row
 * and takes the first positions; padding has positions, too, as in PEFT. Logits `[batch, prompts + length, vocabulary]`.
 */
export function softPromptLogits({ architecture, weights }: LanguageCase, prompt: Tensor, { ids, mask }: TokenBatch): Tensor {
  const [prompts = 0] = prompt.shape;
  const [batch = 0] = ids.shape;
  const inFront = tf.tile(tf.expandDims(prompt, 0), [batch, 1, 1]);
  return languageLogits(architecture, weights, {
    tokens: tf.concat([inFront, architecture.embed(weights, ids)], 1),
    ...(mask ? { mask: tf.concat([tf.ones([batch, prompts], 'int32'), mask], 1) } : {}),
    positions: 'places',
  });
}

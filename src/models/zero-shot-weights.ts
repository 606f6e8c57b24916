import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { classTexts } from './class-texts.ts';
import type { FrozenImageTextModel } from './frozen-image-text-model.ts';
import { textFeatures } from './text-features.ts';
import { embedTexts } from './text-rows.ts';
import { unitLength } from './unit-length.ts';

/**
 * What several sets of texts say of the same classes: w_c = unit(mean_j unit(t_{j,c})), each `[classes, embeddingWidth]` →
 * `[classes, embeddingWidth]`. The mean is taken over embeddings of unit length; over raw ones, or over logits, it would be
 * another method.
 */
export function ensembleEmbeddings(ofEachTemplate: readonly Tensor[]): Tensor {
  return tf.tidy(() => unitLength(tf.div(tf.addN(ofEachTemplate.map(unitLength)), ofEachTemplate.length)));
}

/**
 * CLIP's zero-shot classifier (Radford et al. 2021, arXiv 2103.00020; openai/CLIP:notebooks/Prompt_Engineering_for_ImageNet.ipynb):
 * for every class the mean over templates, `[classes, embeddingWidth]`, of unit length. The caller owns it.
 * @throws RangeError without a template, and what `classTexts` throws
 */
export function zeroShotWeights({ architecture, weights, tokenizer }: FrozenImageTextModel, names: readonly string[], templates: readonly string[]): Tensor {
  if (templates.length === 0) throw new RangeError('A zero-shot classifier needs at least one template.');
  const { text } = architecture;
  return tf.tidy(() =>
    ensembleEmbeddings(
      templates.map((template) =>
        tf.tidy(() => textFeatures(text, weights.text, embedTexts(text, weights.text, classTexts(text, tokenizer, names, { template })))),
      ),
    ),
  );
}

import { z } from 'zod';
import {
  disposeImageClassifier,
  embedTexts,
  ensembleEmbeddings,
  imageClassifier,
  imageFeatures,
  similarityLogits,
  textFeatures,
  unitLength,
} from '../../models/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import { checkFrozen } from '../check-frozen.ts';
import { clipCase, disposeClipCase, frozenPair } from '../clip-case.ts';
import { compareTensor } from '../compare.ts';
import type { Check, Runner } from '../types.ts';

const schema = z.looseObject({ method: z.looseObject({ classes: z.number().int().positive(), templates: z.number().int().positive() }) });

/**
 * CLIP's embeddings, and its answers for one template and for the mean of several; the texts by both roads, the answers also
 * by the image tower with the texts as its classes.
 */
export const runner: Runner = async (oracle) => {
  const { classes, templates } = schema.parse(oracle.json).method;
  const at = clipCase(oracle);
  const { architecture, weights } = at.model;
  const { image, text } = architecture;
  const checks: Check[] = [];
  tf.tidy(() => {
    const check = (name: string, ours: Tensor): void => {
      checks.push(compareTensor(oracle, `expect.${name}`, ours.clone()));
    };
    const pictures = imageFeatures(image, weights.image, at.pictures);
    check('image_embeds', unitLength(pictures));
    for (const road of ['shared', 'plain'] as const) {
      const ofEachTemplate = Array.from({ length: templates }, (_, template) => {
        const rows = at.texts.slice(template * classes, (template + 1) * classes);
        return textFeatures(text, weights.text, embedTexts(text, weights.text, rows), { road });
      });
      const [first] = ofEachTemplate;
      if (!first) throw new Error('The case has no template.');
      const ensemble = ensembleEmbeddings(ofEachTemplate);
      check('text_embeds', unitLength(first));
      check('ensemble_weights', ensemble);
      const one = similarityLogits(pictures, first, weights.logitScale);
      check('logits_first_template', one);
      check('probabilities_first_template', tf.softmax(one));
      const names = Array.from({ length: classes }, (_, index) => String(index));
      const classifier = imageClassifier(at.model, { names, embeddings: ensemble });
      const byHead = classifier.architecture.classify(classifier.weights, pictures);
      const all = similarityLogits(pictures, ensemble, weights.logitScale);
      for (const logits of [all, byHead]) {
        check('logits_ensemble', logits);
        check('predictions_ensemble', tf.argMax(logits, 1));
      }
      disposeImageClassifier(classifier);
    }
  });
  checks.push(checkFrozen(frozenPair(at)));
  disposeClipCase(at);
  return checks;
};

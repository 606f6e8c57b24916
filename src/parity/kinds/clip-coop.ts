import { z } from 'zod';
import { contextRows, embedTexts, imageFeatures, similarityLogits, textFeatures, unitLength } from '../../models/index.ts';
import type { ReadTextsOptions } from '../../models/index.ts';
import { disposeParams, entry, softmaxCrossEntropy, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { checkFrozen } from '../check-frozen.ts';
import { checkTraining } from '../check-training.ts';
import { clipCase, disposeClipCase, frozenPair } from '../clip-case.ts';
import { compareTensor, largestError, valuesOf } from '../compare.ts';
import { storedParams } from '../stored-params.ts';
import type { Check, Runner } from '../types.ts';

/** Where CoOp says that the class name stands, and where its vectors stand then. */
const places = { end: 'before', middle: 'around', front: 'behind' } as const;
const schema = z.looseObject({
  method: z.looseObject({
    name: z.literal('coop'),
    context: z.number().int().positive(),
    perClass: z.boolean(),
    classTokenPosition: z.enum(['end', 'middle', 'front']),
  }),
});

/**
 * CoOp (Zhou et al. 2022): learned vectors among the tokens of every class, shared or each class its own; the image tower is
 * run once. Training shares what the texts begin with; the outputs at the start are compared by both roads.
 */
export const runner: Runner = async (oracle) => {
  const { context: count, perClass, classTokenPosition } = schema.parse(oracle.json).method;
  const at = clipCase(oracle);
  const { architecture, weights } = at.model;
  const { text } = architecture;
  // The stored texts hold places for the vectors behind their start.
  const texts = at.texts.map((ids) => [...ids.slice(0, 1), ...ids.slice(1 + count)]);
  const rows = contextRows(texts, { count, perClass, place: places[classTokenPosition] });
  const pictures = imageFeatures(architecture.image, weights.image, at.pictures);
  const labels = tf.tensor1d(valuesOf(oracle, 'input.labels'), 'int32');
  const initial = storedParams(oracle, 'init.');
  const embeddings = (params: Params, options?: ReadTextsOptions): Tensor =>
    textFeatures(text, weights.text, embedTexts(text, weights.text, rows, tf.reshape(entry(params, 'context'), [-1, text.language.width])), options);
  const ends = valuesOf(oracle, 'input.end_positions');
  const checks: Check[] = [{ tensor: 'input.end_positions', error: largestError(rows.map((row) => row.length - 1), ends), tolerance: 0 }];
  for (const road of ['shared', 'plain'] as const) {
    tf.tidy(() => {
      const read = embeddings(initial, { road });
      checks.push(compareTensor(oracle, 'expect.text_embeds', unitLength(read)));
      checks.push(compareTensor(oracle, 'expect.logits', similarityLogits(pictures, read, weights.logitScale)));
    });
  }
  checks.push(
    ...(await checkTraining(oracle, {
      initial,
      loss: (params, indices) => {
        const picked = tf.tensor1d(indices, 'int32');
        return softmaxCrossEntropy(similarityLogits(tf.gather(pictures, picked), embeddings(params), weights.logitScale), tf.gather(labels, picked));
      },
      stored: entry,
    })),
    checkFrozen(frozenPair(at)),
  );
  disposeParams(initial);
  tf.dispose([pictures, labels]);
  disposeClipCase(at);
  return checks;
};

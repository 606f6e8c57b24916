import { z } from 'zod';
import { disposeImageClassifier, embedTexts, imageClassifier, textFeatures } from '../../models/index.ts';
import { disposeParams, entry, softmaxCrossEntropy, tf } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { checkFrozen } from '../check-frozen.ts';
import { checkTraining } from '../check-training.ts';
import { clipCase, disposeClipCase, frozenPair } from '../clip-case.ts';
import { compareTensor, largestError, valuesOf } from '../compare.ts';
import { methodById } from '../method-by-id.ts';
import { storedTensor } from '../stored-params.ts';
import type { Check, OracleCase, Runner } from '../types.ts';

const schema = z.looseObject({
  method: z.looseObject({ name: z.literal('visual-prompt'), frame: z.number(), classes: z.number(), frameParameters: z.number().optional() }),
});
const prompt = 'manipulation.0.prompt';

/** (channel, row, column) as `[rows, columns, channels]`, or back. */
const channelsLast = (pattern: Tensor): Tensor => tf.transpose(pattern, [1, 2, 0]);
const channelsFirst = (pattern: Tensor): Tensor => tf.transpose(pattern, [2, 0, 1]);

/** Visual prompting of CLIP: a frame added to every picture, the texts read once; by the reference method VP, unchanged. */
export const runner: Runner = async (oracle) => {
  const { method } = schema.parse(oracle.json);
  const at = clipCase(oracle);
  const { text } = at.model.architecture;
  const embeddings = tf.tidy(() => textFeatures(text, at.model.weights.text, embedTexts(text, at.model.weights.text, at.texts)));
  const names = Array.from({ length: method.classes }, (_, index) => String(index));
  const classifier = imageClassifier(at.model, { names, embeddings });
  embeddings.dispose();
  const vp = methodById('vp');
  const adapted = vp.adapt({
    model: classifier,
    targets: method.classes,
    options: { ...vp.options, shape: 'frame', width: method.frame, read: 'identity' },
    verbalizer: null,
  });
  const labels = tf.tensor1d(valuesOf(oracle, 'input.labels'), 'int32');
  const logits = (params: Params, x: Tensor): Tensor => adapted.align(params, adapted.outputs(params, x), null);
  const initial = { [prompt]: tf.tidy(() => channelsLast(storedTensor(oracle, 'init.delta'))) };
  const checks: Check[] = [
    compareFrame(oracle, method.frame),
    { tensor: 'trainable parameters', error: Math.abs(adapted.trainable - (method.frameParameters ?? adapted.trainable)), tolerance: 0 },
    compareTensor(oracle, 'expect.logits', logits(initial, at.pictures)),
    ...(await checkTraining(oracle, {
      initial,
      loss: (params, indices) => {
        const picked = tf.tensor1d(indices, 'int32');
        return softmaxCrossEntropy(logits(params, tf.gather(at.pictures, picked)), tf.gather(labels, picked));
      },
      stored: (tree) => channelsFirst(entry(tree, prompt)),
    })),
    checkFrozen(classifier),
    checkFrozen(frozenPair(at)),
  ];
  disposeParams(initial);
  disposeImageClassifier(classifier);
  labels.dispose();
  disposeClipCase(at);
  return checks;
};

/** The stored mask must be the frame that the method makes. */
function compareFrame(oracle: OracleCase, width: number): Check {
  const mask = valuesOf(oracle, 'input.mask');
  const [, rows = 0, columns = 0] = oracle.tensors.get('input.mask')?.shape ?? [];
  const frame = Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return Number(Math.min(row, column, rows - 1 - row, columns - 1 - column) < width);
  });
  return { tensor: 'input.mask', error: largestError(mask, frame), tolerance: 0 };
}

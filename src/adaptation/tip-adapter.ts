import { unitLength } from '../models/index.ts';
import { onlyPairs, plainTexts, reprogram, wholeCanvas } from '../reprogramming/index.ts';
import type { Adapted, Method } from '../reprogramming/index.ts';
import { entry, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';

/** What is tried for the two constants, the smaller first; the best of the paper's ablation, 5.5 and 1, lie within. */
const sharpnesses = [1, 2, 3, 5.5, 8, 12] as const;
const shares = [0.5, 1, 2, 4, 8, 16] as const;

/** exp(−β(1 − affinity)) · values: what stored pictures say, `[pictures, classes]`. */
const cached = (affinity: Tensor, values: Tensor, sharpness: Tensor | number): Tensor =>
  tf.matMul(tf.exp(tf.mul(sharpness, tf.sub(affinity, 1))), values);

/** How many training pictures are answered rightly by the texts and all the other training pictures, under each pair of constants. */
function bestConstants(affinity: Tensor, values: Tensor, textScores: Tensor, labels: Int32Array): readonly [sharpness: number, share: number] {
  const truth = tf.tensor1d(labels, 'int32');
  let best: { readonly right: number; readonly constants: readonly [number, number] } = { right: -1, constants: [sharpnesses[0], shares[0]] };
  for (const sharpness of sharpnesses) {
    // a picture's own vote is exp(0) = 1 for its class
    const others = tf.sub(cached(affinity, values, sharpness), values);
    for (const share of shares) {
      const answers = tf.argMax(tf.add(textScores, tf.mul(others, share)), 1);
      const right = tf.sum(tf.cast(tf.equal(answers, truth), 'float32')).dataSync()[0] ?? 0;
      if (right > best.right) best = { right, constants: [sharpness, share] };
    }
  }
  return best.constants;
}

/**
 * Tip-Adapter (Zhang et al. 2022, arXiv 2207.09519; gaopengcuhk/Tip-Adapter:main.py): the training pictures' embeddings and
 * labels are stored, and each votes for its class, the more the nearer it is; the votes are added to what the texts say:
 * z = exp(s)·⟨x, t⟩ + α·Σᵢ exp(−β(1 − ⟨x, xᵢ⟩))·yᵢ. Nothing is trained. α and β, which the code chooses on a validation set,
 * are chosen by leaving out each training picture in turn.
 */
export const tipAdapter: Method = {
  id: 'tip-adapter',
  name: 'Tip-Adapter',
  family: 'PCA',
  paper: 'zhang2022tip',
  follows: 'code',
  file: 'src/adaptation/tip-adapter.ts',
  options: {},
  recipe: null,
  trainable: '0',
  tricks: [{ name: 'embeddings of pictures computed once', exact: true }],
  adapt: onlyPairs('Tip-Adapter'),
  adaptPair: ({ model, classifier, wording }): Adapted => {
    const targets = wording.names.length;
    const network = classifier(plainTexts(wording));
    const read = { fit: wholeCanvas(network.architecture.input), manipulations: [], alignment: { kind: 'linear', reads: 'features', start: 'zero' } } as const;
    const features = reprogram(network, read, targets);
    const textScores = (pictures: Tensor): Tensor => network.architecture.classify(network.weights, pictures);
    return {
      ...features,
      taxonomy: null,
      alignment: { kind: 'identity' },
      outputsAre: `embeddings of pictures by ${model.digest}`,
      trainable: 0,
      initialise: () => ({}),
      settle: (_, outputs, labels) => settled(tf.tensor2d(outputs, [labels.length, features.outputWidth]), labels, targets, textScores),
      align: (params, pictures) =>
        tf.tidy(() => {
          const affinity = tf.matMul(unitLength(pictures), entry(params, 'cache.keys'), false, true);
          const votes = cached(affinity, entry(params, 'cache.values'), entry(params, 'cache.sharpness'));
          return tf.add(textScores(pictures), tf.mul(votes, entry(params, 'cache.share')));
        }),
    };
  },
};

/** The cache of training pictures with its constants; frees the pictures. */
function settled(pictures: Tensor, labels: Int32Array, targets: number, textScores: (pictures: Tensor) => Tensor): Params {
  const cache = tf.tidy(() => {
    const keys = unitLength(pictures);
    const values = tf.oneHot(tf.tensor1d(labels, 'int32'), targets).toFloat();
    const [sharpness, share] = bestConstants(tf.matMul(keys, keys, false, true), values, textScores(pictures), labels);
    return { 'cache.keys': keys, 'cache.values': values, 'cache.sharpness': tf.scalar(sharpness), 'cache.share': tf.scalar(share) };
  });
  pictures.dispose();
  return cache;
}

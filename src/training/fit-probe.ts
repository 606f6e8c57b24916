import type { Generator } from '../random/index.ts';
import { linear, softmaxCrossEntropy, tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { train } from './train.ts';
import type { Recipe } from './train.ts';

/** Features of labelled items: `values` is `[labels.length, width]`, row-major. */
export interface LabelledOutputs {
  readonly values: Float32Array;
  readonly width: number;
  readonly labels: Int32Array;
}

/** The common recipe of every probe that something starts from. */
export const probeRecipe: Recipe = {
  optimiser: { name: 'adam' },
  schedule: { name: 'cosine' },
  learningRate: 0.01,
  epochs: 60,
  batch: 100,
};

/** Mean and standard deviation of every column; a column that doesn't vary gets deviation 1. */
function columnStatistics({ values, width }: LabelledOutputs): { mean: Float32Array; deviation: Float32Array } {
  const rows = values.length / width;
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  for (let i = 0; i < values.length; i++) mean[i % width] = (mean[i % width] ?? 0) + (values[i] ?? NaN) / rows;
  for (let i = 0; i < values.length; i++) {
    const centred = (values[i] ?? NaN) - (mean[i % width] ?? NaN);
    square[i % width] = (square[i % width] ?? 0) + (centred * centred) / rows;
  }
  return {
    mean: Float32Array.from(mean),
    deviation: Float32Array.from(square, (v) => (v > 1e-12 ? Math.sqrt(v) : 1)),
  };
}

/**
 * A linear softmax classifier on fixed outputs: weight `[width, targets]`, bias `[targets]`, from zero, on standardised
 * columns; the standardisation is folded into the result. The caller owns both tensors.
 */
export async function fitProbe(
  outputs: LabelledOutputs,
  targets: number,
  generator: Generator,
): Promise<{ weight: Tensor; bias: Tensor }> {
  const { values, width, labels } = outputs;
  const statistics = columnStatistics(outputs);
  const mean = tf.tensor1d(statistics.mean);
  const deviation = tf.tensor1d(statistics.deviation);
  const x = tf.tidy(() => tf.div(tf.sub(tf.tensor2d(values, [labels.length, width]), mean), deviation));
  const y = tf.tensor1d(labels, 'int32');
  const initial: Params = { weight: tf.zeros([width, targets]), bias: tf.zeros([targets]) };
  const { params } = await train(initial, {
    recipe: probeRecipe,
    count: labels.length,
    generator,
    loss: (now, indices) => {
      const picked = tf.tensor1d(indices, 'int32');
      const { weight, bias } = now;
      if (!weight || !bias) throw new Error('The probe lost its parameters.');
      return { loss: softmaxCrossEntropy(linear(tf.gather(x, picked), weight, bias), tf.gather(y, picked)) };
    },
  });
  const { weight, bias } = params;
  if (!weight || !bias) throw new Error('The probe lost its parameters.');
  const folded = tf.tidy(() => {
    const w = tf.div(weight, tf.reshape(deviation, [width, 1]));
    return { weight: w, bias: tf.sub(bias, tf.reshape(tf.matMul(tf.reshape(mean, [1, width]), w), [targets])) };
  });
  tf.dispose([mean, deviation, x, y, weight, bias]);
  return folded;
}

import type { Adapted, Method, Options } from '../reprogramming/index.ts';
import { tf } from '../tensor/index.ts';
import type { Params, Tensor } from '../tensor/index.ts';
import { nearestByWarping, withEnvelope } from './dynamic-time-warping.ts';

/** The share of the length by which paired places may lie apart. */
function windowShare(options: Options): number {
  const { window } = options;
  if (typeof window === 'number' && window >= 0 && window <= 1) return window;
  throw new RangeError(`Option "window" is ${JSON.stringify(window)}; it must be a share of the length from 0 to 1.`);
}

/** The rows of a matrix as series in doubles. */
function seriesOf(matrix: Tensor): readonly Float64Array[] {
  const [count = 0, length = 0] = matrix.shape;
  const values = matrix.dataSync();
  return Array.from({ length: count }, (_, row) => Float64Array.from(values.subarray(row * length, (row + 1) * length)));
}

/** 1 for the class of the nearest stored series, 0 for the others: `[batch, targets]`. */
function votes({ series, labels }: Params, queries: Tensor, window: number, targets: number): Tensor {
  if (!series || !labels) throw new Error('The nearest neighbour was asked for before there were series to compare with.');
  const stored = seriesOf(series).map((values) => withEnvelope(values, window));
  const classes = labels.dataSync();
  const nearest = seriesOf(queries).map((query) => classes[nearestByWarping(query, stored, window)] ?? -1);
  return tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(nearest, 'int32'), targets), 'float32'));
}

/**
 * The rival that adapts no network: a series gets the class of the training series that dynamic time warping finds nearest
 * (Bagnall, Lines 2014, arXiv 1406.4757). `window` is the share of the length by which paired places may lie apart; 1 leaves
 * them free. The training series themselves are what is kept.
 */
export const dtwNearestNeighbour: Method = {
  id: 'dtw-nearest-neighbour',
  name: 'DTW nearest neighbour',
  family: 'PCA',
  paper: 'bagnall2014nearest',
  follows: 'paper',
  file: 'src/adaptation/dtw-nearest-neighbour.ts',
  options: { window: 0.1 },
  recipe: null,
  trainable: '0',
  tricks: [
    { name: 'series whose lower bound (LB_Keogh) exceeds the smallest distance are left out', exact: true },
    { name: 'pairings that are sure to exceed the smallest distance are left out', exact: true },
  ],
  adapt: ({ targets, options, seriesLength }): Adapted => {
    const share = windowShare(options);
    if (seriesLength === undefined) {
      throw new RangeError('DTW nearest neighbour compares series of one length; choose a task of time series.');
    }
    const window = Math.round(share * seriesLength);
    return {
      taxonomy: null,
      fit: { as: 'series' },
      alignment: { kind: 'identity' },
      targets,
      outputWidth: seriesLength,
      outputsAreFixed: false,
      trainable: 0,
      initialise: () => ({}),
      prepare: null,
      outputs: (_, x) => tf.clone(x),
      settle: (_, outputs, labels) => ({
        series: tf.tensor2d(outputs, [labels.length, seriesLength]),
        labels: tf.tensor1d(labels, 'int32'),
      }),
      align: (params, queries) => votes(params, queries, window, targets),
    };
  },
};

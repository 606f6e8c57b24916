import {
  attention, bidirectionalLstm, conv2d, gelu, layerNorm, linear, maxPool2x2, relu, softmaxCrossEntropy, tf,
} from '../../../src/tensor/index.ts';
import type { Tensor } from '../../../src/tensor/index.ts';
import { drawn, withGradients } from '../compare.ts';
import type { Computation, Values } from '../compare.ts';

/** A computation with its inputs, compared between two back-ends. */
export interface Op {
  readonly name: string;
  readonly compute: Computation;
  readonly inputs: readonly Values[];
}

const op = (name: string, compute: Computation, ...inputs: readonly Values[]): Op => ({ name, compute, inputs });
const many = (count: number, shape: readonly number[]): readonly Values[] => Array.from({ length: count }, () => drawn(shape));
/** Numbers many of which are equal: what takes the first of equals must take the first everywhere. */
const tied = (shape: readonly number[]): Values => {
  const { values } = drawn(shape);
  return { values: values.map((_, i) => (i * 37) % 10), shape };
};
const labels = (count: number): Tensor => tf.tensor1d(Array.from({ length: count }, (_, i) => i % 5), 'int32');
const lstmParts = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].flatMap((part) => [`net.${part}_l0`, `net.${part}_l0_reverse`]);

/** Every op of the engine, and what of tfjs it is composed of where a back-end has no kernels of ours, with gradients. */
export const ops: readonly Op[] = [
  op('linear', withGradients((x, w, b) => linear(x, w, b)), drawn([3, 7, 20]), drawn([20, 33]), drawn([33])),
  op('matmul of one row', withGradients((a, b) => tf.matMul(a, b)), drawn([1, 300]), drawn([300, 3])),
  op('matmul, both transposed', withGradients((a, b) => tf.matMul(a, b, true, true)), drawn([40, 50]), drawn([60, 40])),
  op('convolution', withGradients((x, f, b) => conv2d(x, f, { stride: 2, pad: [1, 0, 1, 0] }, b)), drawn([2, 13, 11, 3]), drawn([3, 3, 3, 8]), drawn([8])),
  op('convolution of patches', withGradients((x, f) => conv2d(x, f, { stride: 8, pad: 'valid' })), drawn([2, 16, 16, 3]), drawn([8, 8, 3, 12])),
  op('layer norm', withGradients((x, gain, shift) => layerNorm(x, gain, shift, 1e-6)), drawn([4, 7, 33]), drawn([33]), drawn([33])),
  op('attention with extra keys', withGradients((qkv, keys, values) => attention(qkv, { heads: 4, queries: 5, extra: { keys, values } })), drawn([3, 9, 48]), drawn([2, 16]), drawn([2, 16])),
  ...(['erf', 'tanh', 'quick'] as const).flatMap((kind) => [
    op(`gelu ${kind}`, withGradients((x) => gelu(x, kind)), drawn([30, 40], 5)),
    op(`gelu ${kind} of large numbers`, withGradients((x) => gelu(x, kind)), drawn([40], 200)),
  ]),
  op('relu', withGradients((x) => relu(x)), drawn([30, 40])),
  op('max-pool with ties', withGradients((x) => maxPool2x2(x)), tied([2, 8, 8, 5])),
  op('max-pool of odd pictures with ties', withGradients((x) => maxPool2x2(x)), tied([2, 7, 9, 3])),
  op('cross-entropy', withGradients((x) => softmaxCrossEntropy(x, labels(6))), drawn([6, 5], 30)),
  op('LSTM', withGradients((x, ...weights) => bidirectionalLstm(Object.fromEntries(weights.map((w, i) => [lstmParts[i] ?? '', w])), 'net', x)), drawn([3, 5]), ...[[16, 5], [16, 5], [16, 4], [16, 4], [16], [16], [16], [16]].map((shape) => drawn(shape))),
  op('softmax behind a mask', withGradients((x) => tf.softmax(tf.add(x, tf.tensor([[0, -1e9, 0, -1e9, 0]])))), drawn([6, 5], 3)),
  op('log-softmax', withGradients((x) => tf.logSoftmax(x)), drawn([30, 20], 9)),
  op('tanh, sigmoid, exp, square root', withGradients((x) => tf.sqrt(tf.add(tf.mul(tf.tanh(x), tf.sigmoid(x)), tf.exp(x)))), drawn([30, 40], 3)),
  op('quotient by an axis', withGradients((x, y) => tf.div(x, tf.add(tf.abs(y), 1))), drawn([6, 1, 20, 3]), drawn([5, 20, 1])),
  op('maximum and minimum', withGradients((x, y) => tf.sub(tf.maximum(x, y), tf.minimum(x, 0.3))), drawn([30, 40]), drawn([30, 40])),
  op('gather with repeats', withGradients((x) => tf.gather(x, tf.tensor1d(Array.from({ length: 200 }, (_, i) => (i * 7) % 5), 'int32'))), drawn([5, 60])),
  op('fourteen joined', withGradients((...x) => tf.concat([...x], 1)), ...many(14, [3, 4, 2])),
  op('fourteen added', withGradients((...x) => tf.addN([...x])), ...many(14, [3, 40])),
  op('split', withGradients((x) => tf.concat(tf.split(x, 3, -1).reverse(), 0)), drawn([4, 9])),
  op('slice of five axes', withGradients((x) => tf.slice(x, [0, 1, 0, 1, 2], [-1, 2, -1, 2, 3])), drawn([2, 3, 4, 5, 6])),
  op('pad of six axes', (x) => tf.pad(x, [[0, 0], [1, 2], [0, 0], [0, 1], [1, 0], [0, 2]], 0.5), drawn([2, 3, 2, 3, 2, 3])),
  op('pad of a picture', withGradients((x) => tf.pad(x, [[0, 0], [2, 1], [0, 3], [0, 0]])), drawn([2, 5, 4, 3])),
  op('transpose of six axes', withGradients((x) => tf.transpose(x, [0, 3, 1, 4, 2, 5])), drawn([2, 3, 4, 3, 2, 3])),
  op('tile', withGradients((x) => tf.tile(x, [3, 1, 2])), drawn([1, 5, 4])),
  op('reverse', withGradients((x) => tf.reverse(x, 0)), drawn([9, 4])),
  op('sums, means, norms', withGradients((x) => tf.add(tf.add(tf.sum(x, [0, 2]), tf.mean(x)), tf.norm(x))), drawn([5, 40, 7])),
  op('largest of rows', withGradients((x) => tf.max(x, -1, true)), drawn([20, 30])),
  op('place of the largest', (x) => tf.argMax(x, -1), tied([20, 30])),
  op('five largest', (x) => Object.values(tf.topk(x, 5)), tied([20, 30])),
  op('one-hot', (x) => tf.add(x, tf.oneHot(labels(9), 7).toFloat()), drawn([9, 7])),
  op('cast to whole numbers and truth values', (x) => tf.add(tf.cast(tf.cast(x, 'int32'), 'float32'), tf.cast(tf.cast(x, 'bool'), 'float32')), drawn([50], 9)),
  op('none of something', (x) => tf.concat([x, tf.zeros([0, 4])], 0), drawn([3, 4])),
];

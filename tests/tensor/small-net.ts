import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  attention, conv2d, gelu, globalMeanPool, layerNorm, linear, mapParams, maxPool2x2, relu, softmaxCrossEntropy, tf,
  valueAndGradients,
} from '../../src/tensor/index.ts';
import type { Params, Tensor } from '../../src/tensor/index.ts';

const width = 20;
const shapes: Readonly<Record<string, readonly number[]>> = {
  first: [3, 3, 3, 8], firstBias: [8], second: [3, 3, 8, width], secondBias: [width], gain: [width], shift: [width],
  qkv: [width, 3 * width], qkvBias: [3 * width], out: [width, width], keys: [3, width], values: [3, width],
  up: [width, 2 * width], down: [2 * width, width], head: [width, 5],
};

/**
 * A net through every op of the engine: two convolutions, a block of attention with extra keys and values, a readout.
 */
function lossOf(images: Tensor, labels: Tensor): (params: Params) => Tensor {
  return (params) => {
    const p = (name: string): Tensor => params[name] ?? tf.zeros([...(shapes[name] ?? [])]);
    const a = maxPool2x2(relu(conv2d(images, p('first'), { pad: 'same' }, p('firstBias'))));
    const b = gelu(conv2d(a, p('second'), { stride: 2, pad: [1, 0, 1, 0] }, p('secondBias')), 'quick');
    const tokens = b.reshape([b.shape[0] ?? 0, -1, width]);
    const qkv = linear(layerNorm(tokens, p('gain'), p('shift'), 1e-6), p('qkv'), p('qkvBias'));
    const attended = attention(qkv, { heads: 2, queries: 5, extra: { keys: p('keys'), values: p('values') } });
    const residual = tf.add(tf.slice(tokens, [0, 0, 0], attended.shape), linear(attended, p('out')));
    const mixed = tf.add(residual, linear(gelu(linear(residual, p('up')), 'tanh'), p('down')));
    const features = tf.add(globalMeanPool(tf.expandDims(mixed, 1)), tf.mean(gelu(attended, 'erf'), 1));
    return softmaxCrossEntropy(linear(features, p('head')), labels);
  };
}

export interface Trained {
  readonly losses: readonly number[];
  /** SHA-256 of the bits of all parameters in the end. */
  readonly digest: string;
  /** Live tensors after each step. */
  readonly live: readonly number[];
}

/** Plain gradient descent on drawn pictures, on the present back-end. */
export function trainSmallNet(steps: number): Trained {
  let state = 7;
  const numbers = (shape: readonly number[], size: number): Tensor => {
    const values = Float32Array.from({ length: shape.reduce((product, n) => product * n, 1) }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state / 2147483648 - 1) * size;
    });
    return tf.tensor(values, [...shape]);
  };
  const images = numbers([6, 12, 12, 3], 1);
  const labels = tf.tensor1d([0, 1, 2, 3, 4, 0], 'int32');
  let params: Params = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [
    name, numbers(shape, shape.length === 1 ? 1 : 0.3),
  ]));
  const loss = lossOf(images, labels);
  const losses: number[] = [];
  const live: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { value, gradients } = tf.tidy(() => valueAndGradients(loss, params));
    const next = tf.tidy(() => mapParams(
      params, (tensor, name) => tf.sub(tensor, tf.mul(gradients[name] ?? tf.scalar(0), 0.05)),
    ));
    losses.push(value.dataSync()[0] ?? NaN);
    tf.dispose([value, gradients, params]);
    params = next;
    live.push(tf.memory().numTensors);
  }
  const hash = sha256.create();
  for (const tensor of Object.values(params)) {
    const values = tensor.dataSync();
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  tf.dispose([params, images, labels]);
  return { losses, digest: bytesToHex(hash.digest()), live };
}

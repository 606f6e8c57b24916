import { test } from 'node:test';
import { conv2d, tf } from '../../src/tensor/index.ts';
import type { ConvolutionOptions, Tensor } from '../../src/tensor/index.ts';
import { plainConv2d } from '../../src/tensor/ops/conv2d.ts';
import { assertEqualsCpu, drawn, withGradients } from './compare.ts';

interface Case {
  readonly x: readonly [rows: number, columns: number, channels: number];
  readonly filter: readonly [height: number, width: number, outputs: number];
  readonly options: ConvolutionOptions;
}

const cases: readonly Case[] = [
  { x: [7, 9, 3], filter: [3, 3, 5], options: { pad: 'same' } },
  { x: [8, 8, 16], filter: [3, 3, 16], options: { pad: 'same' } },
  { x: [7, 7, 4], filter: [3, 3, 1], options: { pad: 'same' } },
  { x: [6, 5, 1], filter: [3, 3, 8], options: { pad: 'same' } },
  { x: [6, 6, 2], filter: [3, 3, 4], options: { pad: 'same' } },
  { x: [5, 5, 3], filter: [3, 3, 12], options: { pad: 'same' } },
  { x: [8, 8, 4], filter: [3, 3, 8], options: { stride: 2, pad: 'same' } },
  { x: [9, 7, 5], filter: [3, 2, 6], options: { stride: 2, pad: 'valid' } },
  { x: [8, 8, 16], filter: [1, 1, 12], options: { pad: 'same' } },
  { x: [8, 8, 6], filter: [1, 1, 4], options: { stride: 2, pad: 'same' } },
  { x: [10, 10, 4], filter: [5, 5, 4], options: { pad: [2, 2, 2, 2] } },
  { x: [6, 7, 3], filter: [3, 3, 9], options: { pad: [0, 2, 3, 1] } },
  { x: [6, 7, 4], filter: [3, 3, 9], options: { stride: 2, pad: [4, 0, 0, 5] } },
  { x: [5, 5, 4], filter: [2, 2, 8], options: { pad: [3, 3, 3, 3] } },
  { x: [16, 16, 3], filter: [4, 4, 8], options: { stride: 4, pad: 'valid' } },
  { x: [1, 1, 3], filter: [1, 1, 2], options: { pad: 'valid' } },
  { x: [4, 4, 64], filter: [3, 3, 65], options: { pad: 'same' } },
  { x: [12, 11, 2], filter: [3, 3, 3], options: { stride: 3, pad: 'valid' } },
];

test('convolution with bias and its three gradients equal the cpu back-end', async (t) => {
  let compared = 0;
  for (const { x, filter: [height, width, outputs], options } of cases) {
    const op = (f: typeof conv2d) => (a: Tensor, b: Tensor, c: Tensor) => f(a, b, options, c);
    const inputs = [drawn([3, ...x]), drawn([height, width, x[2], outputs]), drawn([outputs])];
    compared += await assertEqualsCpu(withGradients(op(plainConv2d)), inputs, 1e-5, withGradients(op(conv2d)));
  }
  t.diagnostic(`${compared} numbers in ${cases.length} forms`);
});

test("tfjs's own convolution and its gradients run on the project's kernels, and on tfjs's where dilated", async () => {
  for (const [stride, pad, dilation] of [[1, 'same', 1], [2, 'same', 1], [1, 'valid', 1], [1, 'same', 2]] as const) {
    const f = (x: Tensor, w: Tensor): Tensor => tf.conv2d(
      x as tf.Tensor4D, w as tf.Tensor4D, stride, pad, 'NHWC', dilation,
    );
    await assertEqualsCpu(f, [drawn([2, 9, 8, 3]), drawn([3, 3, 3, 5])]);
    if (dilation === 1) await assertEqualsCpu(withGradients(f), [drawn([2, 9, 8, 3]), drawn([3, 3, 3, 5])]);
  }
});

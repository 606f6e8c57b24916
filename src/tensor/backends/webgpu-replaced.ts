import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

type Attributes = Readonly<Record<string, unknown>>;
/** Runs the kernel that the package brings. */
type Stock = (inputs: readonly Tensor[] | Readonly<Record<string, Tensor>>, attributes: Attributes) => Tensor;

/** A kernel of tfjs's WebGPU back-end that is gone round in some cases. */
export interface Replacement {
  /** Its name in tfjs's registry. */
  readonly name: string;
  readonly fails: string;
  readonly instead: string;
  /** The result where it is gone round; undefined where the kernel that the package brings does it right. */
  readonly run: (stock: Stock, inputs: Readonly<Record<string, Tensor>>, attributes: Attributes) => Tensor | undefined;
}

/** A shader is given eight storage buffers, one of them for the result. */
const mostSummands = 7;
/** Shaders index the coordinates of at most four axes. */
const mostAxes = 4;

/**
 * What tfjs's WebGPU back-end 4.22 lacks or gets wrong among the kernels that the engine and its gradients use, with what is
 * done instead. Found by comparing every op of the engine, with its gradient, with the back-end "cpu"; all others agree.
 * Reductions of integers and truth values (Sum, Any) have a shader that doesn't compile; the engine does without them.
 * Beyond finite numbers shaders go their own ways: exp, tanh and sigmoid of NaN may come out as numbers, and the logarithm
 * of 0 as a large negative one.
 */
export const replacements: readonly Replacement[] = [
  {
    name: 'AddN',
    fails: 'more than seven summands are more buffers than a shader may have, and the sum stays empty',
    instead: 'seven at a time',
    run: (stock, inputs, attributes) => {
      const [first, ...others] = Object.values(inputs);
      if (!first || others.length < mostSummands) return undefined;
      const groups = Array.from({ length: Math.ceil(others.length / (mostSummands - 1)) }, (_, group) =>
        others.slice(group * (mostSummands - 1), (group + 1) * (mostSummands - 1)),
      );
      return groups.reduce((sum, group) => stock([sum, ...group], attributes), first);
    },
  },
  {
    name: 'PadV2',
    fails: 'with five axes or six its shader has a mistake (the gradient of a slice is such a pad)',
    instead: 'one axis after the other, as the middle one of three',
    run: (stock, { x }, { paddings, ...others }) => {
      if (!x || x.rank <= mostAxes || !isPaddings(paddings) || paddings.flat().every((zeros) => zeros === 0)) return undefined;
      return paddings.reduce((padded: Tensor, [before, after], axis) => {
        if (before + after === 0) return padded;
        const { shape } = padded;
        const middle = tf.reshape(padded, [tf.util.sizeFromShape(shape.slice(0, axis)), shape[axis] ?? 0, -1]);
        const longer = stock({ x: middle }, { ...others, paddings: [[0, 0], [before, after], [0, 0]] });
        return tf.reshape(longer, shape.map((length, other) => (other === axis ? before + length + after : length)));
      }, x);
    },
  },
  {
    name: 'MaxPoolGrad',
    fails: 'among equal maxima the last takes the gradient instead of the first',
    instead: 'pictures, windows and gradients upside down and the wrong way round, so that the last is the first',
    run: (stock, { dy, input }, attributes) => {
      const [window, step] = [asPair(attributes['filterSize']), asPair(attributes['strides'])];
      if (!dy || !input || attributes['pad'] !== 'valid' || !window || !step) return undefined;
      const [batch = 0, rows = 0, columns = 0, channels = 0] = input.shape;
      const [, outRows = 0, outColumns = 0] = dy.shape;
      const usedRows = (outRows - 1) * step[0] + window[0];
      const usedColumns = (outColumns - 1) * step[1] + window[1];
      const turned = (pictures: Tensor): Tensor => tf.reverse(pictures, [1, 2]);
      const used = turned(tf.slice(input, [0, 0, 0, 0], [batch, usedRows, usedColumns, channels]));
      const gradient = turned(stock({ dy: turned(dy), input: used }, attributes));
      return tf.pad(gradient, [[0, 0], [0, rows - usedRows], [0, columns - usedColumns], [0, 0]]);
    },
  },
];

type Pair = readonly [number, number];

const isPair = (value: unknown): value is Pair => Array.isArray(value) && value.length === 2 && value.every((number) => typeof number === 'number');

const asPair = (value: unknown): Pair | undefined => (typeof value === 'number' ? [value, value] : isPair(value) ? value : undefined);

const isPaddings = (value: unknown): value is readonly Pair[] => Array.isArray(value) && value.every(isPair);

/** Puts the replacements into tfjs's registry, once; the kernels of the package stay there as `Stock…`. */
export function replaceWrongKernels(): void {
  for (const { name, run } of replacements) {
    const stockName = `Stock${name}`;
    if (tf.getKernel(stockName, 'webgpu')) continue;
    const stock = tf.getKernel(name, 'webgpu');
    if (!stock) throw new Error(`tfjs has no ${name} for "webgpu", which version 4.22.0 has: install that version.`);
    tf.unregisterKernel(name, 'webgpu');
    tf.registerKernel({ ...stock, kernelName: stockName });
    const runStock: Stock = (inputs, attributes) => tf.engine().runKernel(stockName, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap);
    tf.registerKernel({
      ...stock,
      kernelFunc: (call) => tf.tidy(() => run(runStock, call.inputs as tf.NamedTensorMap, call.attrs as Attributes)) ?? stock.kernelFunc(call),
    });
  }
}

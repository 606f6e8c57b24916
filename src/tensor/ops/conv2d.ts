import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { differentiable } from './differentiable.ts';
import { hasKernel, runKernel } from './run-kernel.ts';

export interface ConvolutionOptions {
  /** Step of the filter in both directions; 1 when left out. */
  readonly stride?: number;
  /** Zeros around the picture: `same` and `valid` as in TensorFlow, or [top, bottom, left, right]. */
  readonly pad: 'same' | 'valid' | readonly [top: number, bottom: number, left: number, right: number];
}

/**
 * Cross-correlation of pictures x `[batch, rows, columns, channels]` with a filter `[height, width, channels,
 * outputs]`,
 * plus bias `[outputs]` → `[batch, rows', columns', outputs]`, where rows' = ⌊(rows + top + bottom − height)/stride⌋ +
 * 1.
 * Throws when the shapes do not fit.
 */
export function conv2d(x: Tensor, filter: Tensor, options: ConvolutionOptions, bias?: Tensor): Tensor {
  const [batch = 0, rows = 0, columns = 0, channels = 0] = x.shape;
  const [height = 0, width = 0, filterChannels = 0, outputs = 0] = filter.shape;
  if (x.rank !== 4 || filter.rank !== 4 || channels !== filterChannels || (bias && bias.size !== outputs)) {
    throw new Error(
      `conv2d: x must be [batch, rows, columns, channels], the filter [height, width, channels, outputs] ` +
        `with the same channels, and bias [outputs], ` +
        `but they are [${x.shape}], [${filter.shape}] and [${bias?.shape ?? 'none'}].`,
    );
  }
  const { stride = 1, pad } = options;
  const [top, bottom, left, right] = typeof pad === 'string' ? zerosAround(
    pad, [rows, columns], [height, width], stride,
  ) : pad;
  const outRows = Math.floor((rows + top + bottom - height) / stride) + 1;
  const outColumns = Math.floor((columns + left + right - width) / stride) + 1;
  if (outRows < 1 || outColumns < 1) {
    throw new Error(
      `conv2d: a filter of ${height}×${width} does not fit into a picture of ${rows}×${columns} ` +
        `with padding ${String(pad)}.`,
    );
  }
  if (!hasKernel('AtlasConvolution') || x.size * filter.size === 0) return plainConv2d(x, filter, options, bias);
  const geometry = {
    xShape: x.shape, filterShape: filter.shape, yShape: [batch, outRows, outColumns, outputs], stride, top, left,
  };
  return differentiable({
    inputs: { x, filter, ...(bias ? { bias } : {}) },
    forward: (save) => {
      save([x, filter]);
      return runKernel('AtlasConvolution', { x, filter, ...(bias ? { bias } : {}) }, geometry);
    },
    gradients: (dy, [savedX = x, savedFilter = filter]) => ({
      x: () => runKernel('AtlasConvolutionInputGradient', { dy, filter: savedFilter }, geometry),
      filter: () => runKernel('AtlasConvolutionFilterGradient', { x: savedX, dy }, geometry),
      bias: () => runKernel('AtlasColumnSums', { x: dy }).reshape(bias?.shape ?? [outputs]),
    }),
  });
}

type Zeros = readonly [top: number, bottom: number, left: number, right: number];

/** TensorFlow's `same`: ⌈size/stride⌉ places, the odd zero at the end. */
function zerosAround(
  pad: 'same' | 'valid', picture: readonly [number, number], filter: readonly [number, number], stride: number,
): Zeros {
  if (pad === 'valid') return [0, 0, 0, 0];
  const along = (size: number, length: number): readonly [number, number] => {
    const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + length - size);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  };
  return [...along(picture[0], filter[0]), ...along(picture[1], filter[1])];
}

/** The same, composed of tfjs's ops. */
export function plainConv2d(x: Tensor, filter: Tensor, { stride = 1, pad }: ConvolutionOptions, bias?: Tensor): Tensor {
  const explicit = typeof pad !== 'string';
  const padded = explicit ? tf.pad(x, [[0, 0], [pad[0], pad[1]], [pad[2], pad[3]], [0, 0]]) : x;
  const y: Tensor = tf.conv2d(padded as Tensor4D, filter as Tensor4D, stride, explicit ? 'valid' : pad);
  return bias ? tf.add(y, bias) : y;
}

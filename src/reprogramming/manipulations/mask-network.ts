import { conv2d, layerNorm, maxPool2x2, relu } from '../../tensor/index.ts';
import type { Params, Tensor } from '../../tensor/index.ts';
import { uniformWithin, zeros } from '../parameters.ts';
import type { ParameterSpec, ParameterSpecs } from '../types.ts';

/** Channels after each layer but the last. */
const widths = [8, 16, 32, 64] as const;
const normEps = 1e-5;

const ones = (shape: readonly number[], size: number): ParameterSpec => ({ shape, initial: () => new Float32Array(size).fill(1) });

/** A convolution of 3 × 3 as PyTorch starts it: weight and bias uniform within 1/√(9 · channels). */
function convolution(name: string, from: number, to: number): ParameterSpecs {
  const bound = 1 / Math.sqrt(9 * from);
  return { [`${name}.weight`]: uniformWithin([3, 3, from, to], bound), [`${name}.bias`]: uniformWithin([to], bound) };
}

/** A small convolutional network that says for every cell of a picture how much of a pattern belongs there. */
export interface MaskNetwork {
  readonly parameters: ParameterSpecs;
  /** x `[batch, rows, columns, channels]` → mask `[batch, rows/patch, columns/patch, channels]`. */
  readonly compute: (params: Params, x: Tensor) => Tensor;
}

/**
 * The mask network of SMM with five layers (Cai et al. 2024, arXiv 2406.03150; tmlr-group/SMM:instance_model.py): 3 × 3
 * convolutions to 8, 16, 32 and 64 channels with norm and ReLU, and one back to the picture's channels; 2 × 2 maximum
 * pooling after as many of them as halve the picture down to its cells of `patch` pixels. The norm is taken over the
 * channels of every place, where the paper normalises over the batch: with no running statistics, a picture's mask
 * depends on that picture alone.
 */
export function maskNetwork(channels: number, patch: number): MaskNetwork {
  const layers = widths.map((to, index) => ({ name: `mask.${index + 1}`, from: widths[index - 1] ?? channels, to }));
  const last = 'mask.5';
  return {
    parameters: {
      ...Object.fromEntries(
        layers.flatMap(({ name, from, to }) =>
          Object.entries({
            ...convolution(name, from, to),
            [`${name}.gain`]: ones([to], to),
            [`${name}.shift`]: zeros([to]),
          }),
        ),
      ),
      ...convolution(last, widths[3], channels),
    },
    compute: (params, x) => {
      const of = (name: string): Tensor => {
        const tensor = params[name];
        if (!tensor) throw new Error(`The mask network lacks its parameter "${name}".`);
        return tensor;
      };
      const convolve = (state: Tensor, name: string): Tensor =>
        conv2d(state, of(`${name}.weight`), { pad: 'same' }, of(`${name}.bias`));
      const state = layers.reduce((now, { name }, index) => {
        const active = relu(layerNorm(convolve(now, name), of(`${name}.gain`), of(`${name}.shift`), normEps));
        return 2 << index <= patch ? maxPool2x2(active) : active;
      }, x);
      return convolve(state, last);
    },
  };
}

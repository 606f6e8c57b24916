import type { PictureInput } from '../../models/index.ts';
import type { Manipulation } from '../../reprogramming/index.ts';
import { entry, tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import { checkPixelProgram, padToCanvas } from '../pixel-program-case.ts';
import type { Runner } from '../types.ts';

/** A frame around a picture of learned size: x' = normalise(scale_s(pad0(x)) + σ(δ) ⊙ M(s)) (AutoVP, arXiv 2310.08381). */
export const runner: Runner = (oracle) =>
  checkPixelProgram(oracle, {
    fit: padToCanvas,
    manipulation: (input, { imageSize }) => scaledPicture(input, imageSize),
    parameters: {
      delta: { name: 'delta', channelsFirst: true },
      scale: { name: 'scale', channelsFirst: false },
    },
  });

/** The manipulation of that equation: a parametric transformation of the padded picture, parameters δ and s. */
function scaledPicture(input: PictureInput, pictureSize: number): Manipulation {
  const { rows, columns, channels } = input;
  const shape = [rows, columns, channels];
  return {
    site: { location: 'input' },
    parameters: {
      delta: { shape, initial: () => new Float32Array(rows * columns * channels) },
      scale: { shape: [1], initial: () => Float32Array.of(1) },
    },
    action: {
      operator: 'parametric',
      transform: (λ, state) => {
        const [delta, scale] = [entry(λ, 'delta'), entry(λ, 'scale')];
        // M depends on the value of s alone, so no gradient goes through it
        const size = Math.floor(pictureSize * (scale.dataSync()[0] ?? NaN));
        return tf.add(rescale(state, scale), tf.mul(tf.sigmoid(delta), outside(input, size)));
      },
    },
  };
}

/** 1 outside the centred square of `size`, `[rows, columns, 1]`; an odd difference puts the extra pixel at the end. */
function outside({ rows, columns }: PictureInput, size: number): Tensor {
  const [top, left] = [Math.floor((rows - size) / 2), Math.floor((columns - size) / 2)];
  const isInside = (place: number, first: number): boolean => place >= first && place < first + size;
  const mask = Float32Array.from({ length: rows * columns }, (_, i) =>
    isInside(Math.floor(i / columns), top) && isInside(i % columns, left) ? 0 : 1,
  );
  return tf.tensor3d(mask, [rows, columns, 1]);
}

/** Pictures `[batch, rows, columns, channels]` sampled bilinearly at c + (p − c)/s around their centre c, zero outside. */
function rescale(pictures: Tensor, scale: Tensor): Tensor {
  const [batch = 0, rows = 0, columns = 0, channels = 0] = pictures.shape;
  const alongColumns = tf.matMul(
    tf.reshape(tf.transpose(pictures, [0, 3, 1, 2]), [batch * channels * rows, columns]),
    sampling(columns, scale),
    false,
    true,
  );
  const turned = tf.transpose(tf.reshape(alongColumns, [batch, channels, rows, columns]), [0, 1, 3, 2]);
  const alongBoth = tf.matMul(tf.reshape(turned, [batch * channels * columns, rows]), sampling(rows, scale), false, true);
  return tf.transpose(tf.reshape(alongBoth, [batch, channels, columns, rows]), [0, 3, 2, 1]);
}

/** Weights `[to, from]` of a bilinear sampling along one axis: max(0, 1 − |c + (p − c)/s − q|). */
function sampling(length: number, scale: Tensor): Tensor {
  const centre = (length - 1) / 2;
  const pixels = tf.range(0, length);
  const positions = tf.add(centre, tf.div(tf.sub(pixels, centre), scale));
  return tf.relu(tf.sub(1, tf.abs(tf.sub(tf.expandDims(positions, 1), tf.expandDims(pixels, 0)))));
}

import { cosine, naturalLog, sine } from '../random/index.ts';
import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { cosineTransform, framesOf, hannWindow } from './mel-spectrogram.ts';
import type { FrontEnd } from './types.ts';

/** As KWT was trained: ARM-software/keyword-transformer:models_data_v2_12_labels/kwt1/flags.json. */
const [sampleRate, samples, frame, hop, points] = [16000, 16000, 480, 160, 512] as const;
const [mels, lowest, highest, coefficients, floor] = [80, 20, 7600, 40, 1e-12] as const;
/** Bins up to the last one that a filter reads. */
const bins = Math.floor((highest * points) / sampleRate) + 1;
const frames = (samples - frame) / hop + 1;
/** The smallest normal number of 32 bits, rounded up. */
const smallest = 1.2e-38;

const angles = Float64Array.from({ length: points }, (_, n) => (2 * Math.PI * n) / points);
const [cosines, sines] = [angles.map(cosine), angles.map(sine)];

/** `[frame, 2·bins]`: cosines, then negative sines of a transform of 512 points, each row times the Hann window. */
export function kwtTransform(): Float32Array {
  const window = hannWindow(frame);
  return Float32Array.from({ length: frame * 2 * bins }, (_, at) => {
    const [n, column] = [Math.floor(at / (2 * bins)), at % (2 * bins)];
    const turn = (n * (column % bins)) % points;
    return (window[n] ?? 0) * (column < bins ? (cosines[turn] ?? 0) : -(sines[turn] ?? 0));
  });
}

/** `[mels, bins]`: triangles whose sides are straight over mel, not over hertz; the lowest bin belongs to none. */
export function kwtFilters(): Float32Array {
  const melOf = (hertz: number): number => naturalLog(1 + hertz / 700);
  const [from, to] = [melOf(lowest), melOf(highest)];
  const edge = (i: number): number => from + ((to - from) * i) / (mels + 1);
  return Float32Array.from({ length: mels * bins }, (_, at) => {
    const [m, bin] = [Math.floor(at / bins), at % bins];
    const mel = melOf((bin * sampleRate) / points);
    const slope = Math.min((mel - edge(m)) / (edge(m + 1) - edge(m)), (edge(m + 2) - mel) / (edge(m + 2) - edge(m + 1)));
    return bin === 0 ? 0 : Math.max(0, slope);
  });
}

/** `[coefficients, mels]`: the DCT-II with the same factor √(2/mels) in every row, so not quite orthonormal. */
export function kwtCosines(): Float32Array {
  return Float32Array.from(cosineTransform(coefficients, mels), (value, at) => (at < mels ? Math.SQRT2 * value : value));
}

/** Computed when it's first asked for. */
function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}
const [transform, filters, cosineRows] = [once(kwtTransform), once(kwtFilters), once(kwtCosines)];

/**
 * √(real² + imaginary²) of rows `[…, 2·bins]` with the real parts first. What is added changes no power but nothing itself,
 * where the square root would have an infinite slope, and its own root is far below what the logarithm is kept above.
 */
function magnitude(parts: Tensor): Tensor {
  const squares = tf.square(parts);
  const power = tf.add(tf.slice(squares, [0, 0], [-1, bins]), tf.slice(squares, [0, bins], [-1, bins]));
  return tf.sqrt(tf.add(power, smallest));
}

function compute(waves: Tensor): Tensor {
  const [batch = 0, length = 0] = waves.shape;
  if (length !== samples) throw new RangeError(`KWT takes clips of ${samples} samples; one of ${length} came.`);
  return tf.tidy(() => {
    const cut = tf.reshape(framesOf(waves, frame, hop), [batch * frames, frame]);
    const spectrum = magnitude(tf.matMul(cut, tf.tensor2d(transform(), [frame, 2 * bins])));
    const mel = tf.matMul(spectrum, tf.tensor2d(filters(), [mels, bins]), false, true);
    const log = tf.log(tf.maximum(mel, floor));
    const cepstrum = tf.matMul(log, tf.tensor2d(cosineRows(), [coefficients, mels]), false, true);
    return tf.reshape(cepstrum, [batch, frames, coefficients]);
  });
}

/**
 * What KWT hears of a second of sound at 16 kHz: 40 mel-frequency cepstral coefficients of 98 frames of 30 ms, one every
 * 10 ms (ARM-software/keyword-transformer, `mfcc_tf` of google-research/google-research:kws_streaming/layers).
 * Waves in [−1, 1] `[batch, 16000]` → `[batch, 98, 40]`; gradients reach the waves and are finite in silence too.
 */
export const kwtFrontEnd: FrontEnd = { shape: [frames, coefficients], compute };

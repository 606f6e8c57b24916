import { cosine, exponential, naturalLog, sine } from '../random/index.ts';
import { tf } from '../tensor/index.ts';
import type { Tensor } from '../tensor/index.ts';

/** How pitch becomes mel: O'Shaughnessy's formula as in HTK, or Slaney's scale, linear below 1 kHz. */
export type MelScale = 'htk' | 'slaney';

export interface MelOptions {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Samples in a frame; the transform has as many points. */
  readonly frame: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  readonly mels: number;
  /** Hertz. */
  readonly lowest: number;
  readonly highest: number;
  readonly scale: MelScale;
  /** Triangles of equal area (Slaney), or of height 1. */
  readonly norm: 'slaney' | null;
  /** Mirror half a frame at both ends, so that frame t is centred at t·hop. */
  readonly centred: boolean;
}

const turn = 2 * Math.PI;

/** The periodic Hann window, ½ − ½·cos(2πn/N). */
export function hannWindow(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * cosine((turn * n) / size));
}

/** Slaney's scale: 3 mel to 200 Hz, above 1 kHz 27 mel to a factor of 6.4. */
const [linearStep, breakHertz, breakMel, logStep] = [200 / 3, 1000, 15, naturalLog(6.4) / 27] as const;

function melOf(hertz: number, scale: MelScale): number {
  if (scale === 'htk') return (2595 / naturalLog(10)) * naturalLog(1 + hertz / 700);
  return hertz < breakHertz ? hertz / linearStep : breakMel + naturalLog(hertz / breakHertz) / logStep;
}

function hertzOf(mel: number, scale: MelScale): number {
  if (scale === 'htk') return 700 * (exponential((mel * naturalLog(10)) / 2595) - 1);
  return mel < breakMel ? mel * linearStep : breakHertz * exponential(logStep * (mel - breakMel));
}

/** Triangular filters `[mels, frame/2 + 1]`, row-major, as librosa's `filters.mel` makes them. */
export function melFilters({ sampleRate, frame, mels, lowest, highest, scale, norm }: MelOptions): Float64Array {
  const bins = Math.floor(frame / 2) + 1;
  const [from, to] = [melOf(lowest, scale), melOf(highest, scale)];
  const corners = Array.from({ length: mels + 2 }, (_, i) => hertzOf(from + ((to - from) * i) / (mels + 1), scale));
  const filters = new Float64Array(mels * bins);
  for (let m = 0; m < mels; m++) {
    const [left = 0, centre = 0, right = 0] = corners.slice(m, m + 3);
    const height = norm === 'slaney' ? 2 / (right - left) : 1;
    for (let bin = 0; bin < bins; bin++) {
      const hertz = (bin * sampleRate) / frame;
      const slope = Math.min((hertz - left) / (centre - left), (right - hertz) / (right - centre));
      filters[m * bins + bin] = height * Math.max(0, slope);
    }
  }
  return filters;
}

/** The first `rows` rows of the orthonormal DCT-II over `size` values, `[rows, size]`, row-major. */
export function cosineTransform(rows: number, size: number): Float64Array {
  return Float64Array.from({ length: rows * size }, (_, at) => {
    const [row, n] = [Math.floor(at / size), at % size];
    return Math.sqrt((row === 0 ? 1 : 2) / size) * cosine((Math.PI * row * (2 * n + 1)) / (2 * size));
  });
}

/** `[frame, 2·bins]`: cosines, then negative sines, each row times the window; a frame times it is its transform. */
function windowedTransform(frame: number, bins: number): Float32Array {
  const window = hannWindow(frame);
  return Float32Array.from({ length: frame * 2 * bins }, (_, at) => {
    const [n, column] = [Math.floor(at / (2 * bins)), at % (2 * bins)];
    // The angle is reduced to one turn in whole numbers, so that far bins are as exact as near ones.
    const angle = (turn * ((n * (column % bins)) % frame)) / frame;
    return (window[n] ?? 0) * (column < bins ? cosine(angle) : -sine(angle));
  });
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Overlapping frames of waves `[batch, samples]` → `[batch, frames, frame]`: slices and joins, so that gradients are cheap. */
export function framesOf(waves: Tensor, frame: number, hop: number): Tensor {
  const [batch = 0, samples = 0] = waves.shape;
  const frames = Math.floor((samples - frame) / hop) + 1;
  const block = divisor(frame, hop);
  const perHop = hop / block;
  const rows = frames - 1 + Math.ceil(frame / hop);
  const whole = rows * hop;
  const fitted = samples >= whole ? tf.slice(waves, [0, 0], [batch, whole]) : tf.pad(waves, [[0, 0], [0, whole - samples]]);
  const blocks = tf.reshape(fitted, [batch, rows, perHop, block]);
  const parts = Array.from({ length: frame / block }, (_, j) =>
    tf.reshape(tf.slice(blocks, [0, Math.floor(j / perHop), j % perHop, 0], [batch, frames, 1, block]), [batch, frames, block]),
  );
  return tf.concat(parts, 2);
}

/** Mirrors `count` samples at both ends without repeating the outermost one. */
function mirrored(waves: Tensor, count: number): Tensor {
  const [batch = 0, samples = 0] = waves.shape;
  const left = tf.reverse(tf.slice(waves, [0, 1], [batch, count]), 1);
  const right = tf.reverse(tf.slice(waves, [0, samples - 1 - count], [batch, count]), 1);
  return tf.concat([left, waves, right], 1);
}

/**
 * Power of the short-time Fourier transform of waves `[batch, samples]` → `[batch, frames, frame/2 + 1]`; the transform is a
 * product with real cosines and sines, so that gradients reach the waves.
 * @throws RangeError where a wave is shorter than a frame (centred: than half a frame and one)
 */
export function powerSpectrogram(waves: Tensor, { frame, hop, centred }: MelOptions): Tensor {
  const least = centred ? Math.floor(frame / 2) + 1 : frame;
  const [, samples = 0] = waves.shape;
  if (samples < least) throw new RangeError(`A clip of ${samples} samples is too short: a frame needs ${least}.`);
  const bins = Math.floor(frame / 2) + 1;
  return tf.tidy(() => {
    const frames = framesOf(centred ? mirrored(waves, Math.floor(frame / 2)) : waves, frame, hop);
    const [batch = 0, count = 0] = frames.shape;
    const transform = tf.tensor2d(windowedTransform(frame, bins), [frame, 2 * bins]);
    const both = tf.square(tf.matMul(tf.reshape(frames, [batch * count, frame]), transform));
    const power = tf.add(tf.slice(both, [0, 0], [-1, bins]), tf.slice(both, [0, bins], [-1, bins]));
    return tf.reshape(power, [batch, count, bins]);
  });
}

/** Mel spectrogram of waves `[batch, samples]` → `[batch, frames, mels]` (librosa's `feature.melspectrogram`, power 2). */
export function melSpectrogram(waves: Tensor, options: MelOptions): Tensor {
  return tf.tidy(() => {
    const power = powerSpectrogram(waves, options);
    const [batch = 0, frames = 0, bins = 0] = power.shape;
    const filters = tf.tensor2d(Float32Array.from(melFilters(options)), [options.mels, bins]);
    return tf.reshape(tf.matMul(tf.reshape(power, [batch * frames, bins]), filters, false, true), [batch, frames, options.mels]);
  });
}

/** ln(mel + floor), values as in `mel`. */
export function logMel(mel: Tensor, floor: number): Tensor {
  return tf.log(tf.add(mel, floor));
}

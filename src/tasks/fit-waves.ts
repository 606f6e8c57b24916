import { largestSize, peakOf } from './wave-set.ts';
import type { WaveSet } from './wave-set.ts';
import { createGenerator } from '../random/index.ts';
import type { Generator } from '../random/index.ts';
import { upsample } from './upsample.ts';

/** The waves that a network takes: `samples` values, `sampleRate` a second. */
export interface WaveSize {
  readonly samples: number;
  readonly sampleRate: number;
}

/**
 * How waves are brought to a network's length: a clip is laid in the middle once, a series so many times back to back from
 * the first sample, with `fill` as often as it fits whole.
 */
export interface WaveFit {
  readonly repeats: number | 'fill';
}

/** Whose waves and whose input, in words for messages. */
export interface Whose {
  /** `The task spoken-digits`. */
  readonly task: string;
  /** `kwt1`. */
  readonly model: string;
}

/** The size of the largest value after scaling. */
const loudness = 0.5;

/** One step of 16-bit sound: what stands in the place of digital silence, which no microphone gives. */
const dither = 1 / 32768;

function layClip(wave: Float32Array, factor: number, place: Float32Array, noise: Generator): void {
  const fine = upsample(wave, factor);
  const peak = largestSize(fine);
  place.set(noise.uniforms(place.length, -dither, dither));
  if (peak === 0) return;
  const start = Math.ceil((place.length - fine.length) / 2);
  const end = Math.min(fine.length, place.length - start);
  for (let i = Math.max(0, -start); i < end; i++) place[start + i] = (place[start + i] ?? 0) + ((fine[i] ?? 0) * loudness) / peak;
}

function laySeries(wave: Float32Array, peak: number, repeats: number, place: Float32Array): void {
  if (peak === 0) return;
  for (let i = 0; i < repeats * wave.length; i++) place[i] = ((wave[i % wave.length] ?? 0) * loudness) / peak;
}

/** How many times the rate of the set's clips the network's is. */
function factorOf(rate: number, input: WaveSize, { task, model }: Whose): number {
  const factor = input.sampleRate / rate;
  if (Number.isInteger(factor) && factor >= 1) return factor;
  throw new RangeError(
    `${task} holds clips at ${rate} Hz; ${model} takes ${input.sampleRate} Hz, which is no whole multiple of it, so choose another model or convert the clips to a rate that divides it.`,
  );
}

function repeatsOf(length: number, { samples }: WaveSize, { repeats }: WaveFit, { task, model }: Whose): number {
  const most = Math.floor(samples / length);
  if (most < 1) {
    throw new RangeError(`${task} holds series of ${length} values; ${model} takes ${samples}, so choose a model with a longer input.`);
  }
  if (repeats === 'fill') return most;
  if (Number.isInteger(repeats) && repeats >= 1 && repeats <= most) return repeats;
  throw new RangeError(
    `${task} holds series of ${length} values, which ${model} with its ${samples} cannot take ${repeats} times; ask for 1 to ${most} repeats.`,
  );
}

/**
 * The waves `indices` of a set as a network takes them, `[indices, samples]` row-major.
 *
 * - A clip is brought to the network's rate ({@link upsample}; the rate has to be a whole multiple), scaled so that its
 *   largest size is 0.5, and laid in the middle; one that is longer is cut evenly at both ends. With an odd difference the
 *   extra place is at the beginning, the extra cut at the end. Noise within one step of 16-bit sound, always the same for
 *   one clip, lies over all samples.
 * - A series is divided by its task's `peak`, times 0.5, and repeated from the first sample.
 *
 * @throws {RangeError} one sentence, where a wave is empty, a rate doesn't divide the network's, or a series doesn't fit.
 */
export function fitWaves(
  set: WaveSet,
  indices: Int32Array | readonly number[],
  input: WaveSize,
  fit: WaveFit,
  whose: Whose,
): Float32Array {
  const { sampleRate } = set;
  const factor = sampleRate === null ? 1 : factorOf(sampleRate, input, whose);
  const peak = sampleRate === null ? peakOf(set) : 0;
  const fitted = new Float32Array(indices.length * input.samples);
  indices.forEach((index, n) => {
    const wave = set.waves(index);
    if (wave.length === 0) {
      throw new RangeError(
        `${whose.task} holds ${sampleRate === null ? 'a series' : 'a clip'} without a value, number ${index}; take it out of the data, or check how they are converted.`,
      );
    }
    const place = fitted.subarray(n * input.samples, (n + 1) * input.samples);
    if (sampleRate === null) laySeries(wave, peak, repeatsOf(wave.length, input, fit, whose), place);
    else layClip(wave, factor, place, createGenerator('dither').split(index));
  });
  return fitted;
}

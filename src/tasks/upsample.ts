import { cosine, sine } from '../random/index.ts';

/** How many values on each side an output is computed from. */
const reach = 32;

/** sin(πx)/(πx) for x ≠ 0. */
const sinc = (x: number): number => sine(Math.PI * x) / (Math.PI * x);

/** Blackman's window, 1 at 0 and 0 at ±1. */
const window = (x: number): number => 0.42 + 0.5 * cosine(Math.PI * x) + 0.08 * cosine(2 * Math.PI * x);

/** Weights of the values from `reach − 1` before to `reach` after, for an output `part` (0 < part < 1) behind a value. */
function weightsFor(part: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * reach }, (_, t) => {
    const distance = part - (t - reach + 1);
    return sinc(distance) * window(distance / reach);
  });
  let sum = 0;
  for (const weight of weights) sum += weight;
  return weights.map((weight) => weight / sum);
}

/**
 * A wave at `factor` times its rate, `factor · length` values: every value stays, and those between are computed from 32 on
 * each side by a band-limited filter, a sinc under Blackman's window (64 · factor − 1 taps, half-band for the factor 2). An
 * even wave stays even; before the first and after the last value there is silence. Double precision throughout.
 *
 * @throws {RangeError} where `factor` is no whole number from 1.
 */
export function upsample(wave: ArrayLike<number>, factor: number): Float64Array {
  if (!Number.isInteger(factor) || factor < 1) throw new RangeError(`a wave is upsampled by a whole number, not by ${factor}`);
  const { length } = wave;
  const padded = new Float64Array(length + 2 * reach);
  for (let i = 0; i < length; i++) padded[reach + i] = wave[i] ?? 0;
  const out = new Float64Array(length * factor);
  for (let i = 0; i < length; i++) out[i * factor] = wave[i] ?? 0;
  for (let phase = 1; phase < factor; phase++) {
    const weights = weightsFor(phase / factor);
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let t = 0; t < 2 * reach; t++) sum += (weights[t] ?? 0) * (padded[i + t + 1] ?? 0);
      out[i * factor + phase] = sum;
    }
  }
  return out;
}

/** Waves with their classes: clips of sound, or series of numbers. */
export interface WaveSet {
  /** The values of wave `index`, not a copy: nothing may write to them. A clip's full scale is −1…1. */
  readonly waves: (index: number) => Float32Array;
  /** Values a second; null: a series without a rate. */
  readonly sampleRate: number | null;
  /** How many values every wave has; null: each has its own number. */
  readonly length: number | null;
  /** The class of each wave, `[count]`. */
  readonly labels: Int32Array;
  readonly count: number;
  /** The largest size of a value in the training pool of the task, where the set comes from one. */
  readonly peak?: number;
}

/** The largest |value|; 0 of nothing. */
export function largestSize(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] ?? 0));
  return largest;
}

/** What series are measured by, so that amplitudes stay comparable: the set's `peak`, or its own where it states none. */
export function peakOf(set: WaveSet): number {
  if (set.peak !== undefined) return set.peak;
  let largest = 0;
  for (let i = 0; i < set.count; i++) largest = Math.max(largest, largestSize(set.waves(i)));
  return largest;
}

/** A set of waves that lie back to back in `values`, `lengths[i]` values each. RangeError where they don't fill it. */
export function wavesBackToBack(
  values: Float32Array,
  lengths: ArrayLike<number>,
  labels: Int32Array,
  { sampleRate, peak }: Pick<WaveSet, 'sampleRate' | 'peak'>,
): WaveSet {
  const count = labels.length;
  const ends = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) ends[i + 1] = (ends[i] ?? 0) + (lengths[i] ?? 0);
  if (lengths.length !== count || ends[count] !== values.length) {
    throw new RangeError(`${count} labels and ${lengths.length} lengths, ${ends[count]} values in all, for ${values.length} values`);
  }
  const first = lengths[0] ?? 0;
  const length = Array.from({ length: count }, (_, i) => lengths[i]).every((each) => each === first) ? first : null;
  return {
    waves: (index) => {
      if (!Number.isInteger(index) || index < 0 || index >= count) throw new RangeError(`no wave ${index} in a set of ${count}`);
      return values.subarray(ends[index], ends[index + 1]);
    },
    sampleRate,
    length,
    labels,
    count,
    ...(peak === undefined ? {} : { peak }),
  };
}

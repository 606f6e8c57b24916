/** A linear scale from numbers to places, with round numbers for its axis. */
export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** A scale of counts: powers of ten, with a zone of its own for 0 before a break in the axis. */
export interface CountScale extends Scale {
  /** Where the axis is broken, between 0 and the first power of ten; null where no count is 0. */
  readonly breakAt: number | null;
}

const steps = [1, 2, 5];

/** The smallest round step that cuts `span` into at most `parts` pieces. */
function roundStep(span: number, parts: number): number {
  let unit = 1;
  while (unit * 10 <= span / parts) unit *= 10;
  while (unit > span / parts) unit /= 10;
  for (const factor of steps) if ((unit * factor * parts) >= span) return unit * factor;
  return unit * 10;
}

const rounded = (place: number): number => Math.round(place * 10) / 10;

/** Maps the values' range, widened to round numbers, onto `from`…`to`. Throws a `RangeError` without finite values. */
export function roundScale(values: readonly number[], from: number, to: number, parts = 5): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (!Number.isFinite(most - least)) throw new RangeError('A scale needs at least one value, and only finite ones.');
  // Values that differ by less than a millionth of themselves are one value for the eye; steps that small have no round numbers.
  const span = most - least > 1e-6 * Math.max(1, Math.abs(most), Math.abs(least)) ? most - least : 1;
  const step = roundStep(span, parts);
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((low + i * step).toPrecision(6)));
  const place = (value: number): number => rounded(from + ((value - low) / (high - low)) * (to - from));
  return Object.assign(place, { ticks, low, high });
}

/**
 * Maps counts by their logarithm onto `from`…`to`, from the power of ten below the least to the one above the largest.
 * 0 has no logarithm: it stands at `from`, a fifth of the way before the rest, with a break between.
 *
 * @throws RangeError without counts, or with a negative or broken one.
 */
export function countScale(counts: readonly number[], from: number, to: number): CountScale {
  if (counts.length === 0 || counts.some((count) => !Number.isInteger(count) || count < 0)) {
    throw new RangeError('A scale of counts needs at least one, and only whole numbers from 0 on.');
  }
  const hasZero = counts.includes(0);
  const positive = counts.filter((count) => count > 0);
  const first = Math.floor(Math.log10(Math.min(...positive, Number.MAX_SAFE_INTEGER)));
  const last = Math.max(Math.ceil(Math.log10(Math.max(...positive, 1))), first + 1);
  const start = hasZero ? from + (to - from) / 5 : from;
  const decades = positive.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`));
  const place = (count: number): number =>
    rounded(count === 0 ? from : start + ((Math.log10(count) - first) / (last - first)) * (to - start));
  return Object.assign(place, {
    ticks: hasZero ? [0, ...decades] : decades,
    low: hasZero ? 0 : (decades[0] ?? 0),
    high: decades.at(-1) ?? 0,
    breakAt: hasZero && positive.length > 0 ? rounded((from + start) / 2) : null,
  });
}

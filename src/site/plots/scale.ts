/** A linear scale from numbers to places, with round numbers for its axis. */
export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
  readonly low: number;
  readonly high: number;
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

/** Maps the values' range, widened to round numbers, onto `from`…`to`. Throws a `RangeError` without finite values. */
export function roundScale(values: readonly number[], from: number, to: number, parts = 5): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (!Number.isFinite(most - least)) throw new RangeError('A scale needs at least one value, and only finite ones.');
  const step = roundStep(most - least || 1, parts);
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((low + i * step).toPrecision(6)));
  const place = (value: number): number => Math.round((from + ((value - low) / (high - low)) * (to - from)) * 100) / 100;
  return Object.assign(place, { ticks, low, high });
}

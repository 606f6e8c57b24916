/** A series with the smallest and the largest of its values within the window around every place. */
export interface EnvelopedSeries {
  readonly values: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What a comparison may leave out: pairings that are sure to cost more than `above`. */
export interface Abandonment {
  readonly above: number;
  /** `rest[i]` bounds from below what the values of the first series from place i on will cost; one longer than that series. */
  readonly rest: Float64Array;
}

/** Sums in another order differ by rounding; what exceeds a limit by less than this is not left out. */
const tolerance = 1 + 1e-9;

/**
 * Dynamic time warping: the smallest sum of squared differences over all ways to pair the values of two series in order,
 * first with first, last with last, none left out; paired places lie at most `window` apart. Infinite where no such
 * pairing exists, and where an abandonment leaves none. Summed in doubles, row by row. Sources: Sakoe, Chiba 1978
 * (doi 10.1109/TASSP.1978.1163055), their band and symmetric steps without weights; Herrmann, Webb 2020 (arXiv
 * 2010.05371), where a row begins and ends where the one before still has a pairing that is cheap enough.
 */
export function dynamicTimeWarping(a: Float64Array, b: Float64Array, window: number, abandonment?: Abandonment): number {
  if (a.length === 0 || b.length === 0 || Math.abs(a.length - b.length) > window) return Infinity;
  const limit = (abandonment?.above ?? Infinity) * tolerance;
  // cost[k] is that of the cheapest pairing that ends with b[k − 1]; those from `first` to `last` are cheap enough
  let previous = new Float64Array(b.length + 1).fill(Infinity);
  let cost = new Float64Array(b.length + 1).fill(Infinity);
  previous[0] = 0;
  let [first, last] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const value = a[i] ?? NaN;
    const rest = abandonment?.rest[i + 1] ?? 0;
    const end = Math.min(b.length, i + 1 + window);
    let k = Math.max(1, first, i + 1 - window);
    const shared = Math.min(end, last + 1);
    let [nextFirst, nextLast] = [0, 0];
    let left = Infinity;
    let diagonal = previous[k - 1] ?? Infinity;
    for (; k <= shared; k++) {
      const above = previous[k] ?? Infinity;
      const difference = value - (b[k - 1] ?? NaN);
      let before = diagonal < above ? diagonal : above;
      if (left < before) before = left;
      left = before + difference * difference;
      cost[k] = left;
      diagonal = above;
      if (left + rest <= limit) {
        if (nextFirst === 0) nextFirst = k;
        nextLast = k;
      }
    }
    for (; k <= end && nextLast === k - 1; k++) {
      const difference = value - (b[k - 1] ?? NaN);
      left += difference * difference;
      cost[k] = left;
      if (left + rest <= limit) nextLast = k;
    }
    if (nextFirst === 0) return Infinity;
    cost[nextFirst - 1] = Infinity;
    if (nextLast < b.length) cost[nextLast + 1] = Infinity;
    [first, last] = [nextFirst, nextLast];
    [previous, cost] = [cost, previous];
  }
  return last === b.length ? (previous[last] ?? Infinity) : Infinity;
}

/** The envelope of a series under a window. */
export function withEnvelope(values: Float64Array, window: number): EnvelopedSeries {
  const lower = new Float64Array(values.length);
  const upper = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let [least, most] = [Infinity, -Infinity];
    for (let j = Math.max(0, i - window); j <= Math.min(values.length - 1, i + window); j++) {
      const value = values[j] ?? NaN;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    lower[i] = least;
    upper[i] = most;
  }
  return { values, lower, upper };
}

/**
 * LB_Keogh from every place on: `rest[i]` is the sum over k ≥ i of the squared distances of the query's values to the
 * envelope, so `rest[0]` is at most the warped distance. Both series have one length. Source: Keogh, Ratanamahatana 2005
 * (doi 10.1007/s10115-004-0154-9).
 */
export function lowerBounds(query: Float64Array, { lower, upper }: EnvelopedSeries, rest = new Float64Array(query.length + 1)): Float64Array {
  rest[query.length] = 0;
  for (let i = query.length - 1; i >= 0; i--) {
    const value = query[i] ?? NaN;
    const gap = Math.max(value - (upper[i] ?? NaN), (lower[i] ?? NaN) - value, 0);
    rest[i] = (rest[i + 1] ?? 0) + gap * gap;
  }
  return rest;
}

/** What pairing place by place costs: an upper bound under every window. */
function withoutWarping(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? NaN) - (b[i] ?? NaN);
    sum += difference * difference;
  }
  return sum;
}

/**
 * Index of the series that dynamic time warping finds nearest to the query; equal distances: the first. Series are looked at
 * in the order of their lower bounds, and what is sure to exceed the smallest distance so far is left out, which changes
 * nothing about the answer. All series have the query's length.
 */
export function nearestByWarping(query: Float64Array, series: readonly EnvelopedSeries[], window: number): number {
  const rest = new Float64Array(query.length + 1);
  const bounded = series.map((one, index) => ({ one, index, bound: lowerBounds(query, one, rest)[0] ?? 0 }));
  bounded.sort((x, y) => x.bound - y.bound || x.index - y.index);
  let above = series.reduce((least, { values }) => Math.min(least, withoutWarping(query, values)), Infinity);
  let nearest = -1;
  let smallest = Infinity;
  for (const { one, index, bound } of bounded) {
    if (bound > above * tolerance) break;
    const distance = dynamicTimeWarping(query, one.values, window, { above, rest: lowerBounds(query, one, rest) });
    if (distance < smallest || (distance === smallest && index < nearest)) [nearest, smallest] = [index, distance];
    above = Math.min(above, smallest);
  }
  return nearest;
}

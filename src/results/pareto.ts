/** Something with a price and a value. */
export interface Priced<T> {
  readonly of: T;
  /** What it costs, e.g. trained numbers. */
  readonly cost: number;
  /** Larger is better. */
  readonly value: number;
}

/**
 * Those that nothing beats: no other costs at most as much and is worth at least as much, one of the two strictly. From
 * the cheapest to the dearest; of equal ones the first.
 */
export function paretoFront<T>(points: readonly Priced<T>[]): readonly Priced<T>[] {
  const front: Priced<T>[] = [];
  for (const point of points.toSorted((a, b) => a.cost - b.cost || b.value - a.value)) {
    const last = front.at(-1);
    if (last === undefined || point.value > last.value) front.push(point);
  }
  return front;
}

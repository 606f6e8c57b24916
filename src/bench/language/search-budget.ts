import type { Generator } from '../../random/index.ts';
import type { SearchPoint, Trained } from '../../training/index.ts';

/** How many passes forward a step of training costs: one forward, and a backward of twice its cost. */
export const passesOfAStep = 3;

/** Batches in drawn orders, one after the other, for ever. */
export function endlessBatches(count: number, size: number, generator: Generator): () => Int32Array {
  let [epoch, start] = [0, 0];
  let order = generator.split(0).permutation(count);
  return () => {
    if (start >= count) {
      epoch += 1;
      start = 0;
      order = generator.split(epoch).permutation(count);
    }
    const batch = order.slice(start, Math.min(start + size, count));
    start += size;
    return batch;
  };
}

/** A thinned curve of a search, by step. */
export const pointsOf = (curve: readonly SearchPoint[]): Trained['curve'] => {
  const every = Math.max(1, Math.ceil(curve.length / 50));
  return curve.flatMap(({ loss }, at) => (at % every === 0 || at === curve.length - 1 ? [{ epoch: at + 1, loss }] : []));
};

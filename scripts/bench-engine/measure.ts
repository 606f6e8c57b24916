import { createGenerator } from '../../src/random/index.ts';
import { tf } from '../../src/tensor/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';

/** A computation whose result is thrown away, with its floating-point operations. */
export interface Item {
  readonly name: string;
  readonly operations: number;
  readonly run: () => void;
}

export interface Timing {
  readonly name: string;
  readonly milliseconds: number;
  readonly gigaflops: number;
  /** Rate divided by that of tfjs's own plain product. */
  readonly ratio: number;
  /** Rate divided by that of the project's plain product: the share of the peak. */
  readonly share: number;
}

/** The plain products that everything takes turns with. */
export interface PlainProducts {
  readonly stock: Item;
  readonly own: Item;
}

/** Times the items in turns with the two plain products; rates are taken over the sums of all rounds. */
export function measure(items: readonly Item[], { stock, own }: PlainProducts, rounds: number): readonly Timing[] {
  const all = [stock, own, ...items].map((item) => ({ item, runs: 0, milliseconds: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const sum of all) {
      const { runs, milliseconds } = time(sum.item);
      sum.runs += runs;
      sum.milliseconds += milliseconds;
    }
  }
  const perMillisecond = all.map(({ item, runs, milliseconds }) => (item.operations * runs) / milliseconds);
  const [stockRate = NaN, ownRate = NaN, ...rates] = perMillisecond;
  return rates.map((rate, i) => {
    const { name, operations } = items[i] ?? own;
    return {
      name, milliseconds: operations / rate, gigaflops: rate / 1e6, ratio: rate / stockRate, share: rate / ownRate,
    };
  });
}

/** So long an item runs in a round: systems count processor time in steps of up to 4 ms. */
const slice = 24;

/** Runs an item for a slice of processor time, after a run that fills the caches. */
function time({ run }: Item): { runs: number; milliseconds: number } {
  run();
  const start = processorMilliseconds();
  for (let runs = 1; ; runs++) {
    run();
    const milliseconds = processorMilliseconds() - start;
    if (milliseconds >= slice) return { runs, milliseconds };
  }
}

function processorMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Uniform numbers between ±`size`, the same in every run. */
export function drawn(shape: readonly number[], size = 1): Tensor {
  const count = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(createGenerator('bench-engine').uniforms(count, -size, size), [...shape]);
}

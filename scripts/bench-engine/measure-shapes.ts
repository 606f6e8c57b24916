import { publishedShapes } from './published-shapes.ts';
import type { Pass } from './shape-work.ts';

/** How fast a pass is. */
export interface PassSpeed {
  readonly milliseconds: number;
  readonly perSecond: number;
  readonly gigaflops: number;
  /** Of the first run: weights are brought to the device and shaders compiled, once. */
  readonly firstMilliseconds: number;
}

/** What was measured of a published shape. */
export interface ShapeSpeeds {
  readonly name: string;
  readonly unit: 'images' | 'tokens';
  readonly batch: string;
  readonly weights: number;
  readonly forward: PassSpeed;
  readonly step: PassSpeed;
}

export interface ShapeOptions {
  readonly rounds: number;
  readonly quick: boolean;
  /** Milliseconds of wall-clock time since any moment. */
  readonly clock: () => number;
  readonly report: (speeds: ShapeSpeeds) => void;
}

/** Forward passes and prompt-gradient steps of the published shapes, one shape after the other; medians of the rounds. */
export function measureShapes({ rounds, quick, clock, report }: ShapeOptions): readonly ShapeSpeeds[] {
  return publishedShapes.map(({ name, work }) => {
    const { unit, count, batch, weights, forward, step, dispose } = work(quick);
    const time = (run: () => void): number => {
      const start = clock();
      run();
      return clock() - start;
    };
    const speedOf = ({ run, operations }: Pass): PassSpeed => {
      const firstMilliseconds = time(run);
      const taken = Array.from({ length: rounds }, () => time(run)).sort((a, b) => a - b);
      const milliseconds = taken[Math.floor(rounds / 2)] ?? firstMilliseconds;
      return { milliseconds, perSecond: (1000 * count) / milliseconds, gigaflops: operations / milliseconds / 1e6, firstMilliseconds };
    };
    const speeds = { name, unit, batch, weights, forward: speedOf(forward), step: speedOf(step) };
    dispose();
    report(speeds);
    return speeds;
  });
}

/** What was measured of a shape, as it is printed. */
export function shapeLines({ name, unit, batch, weights, forward, step }: ShapeSpeeds): readonly string[] {
  const line = (what: string, { milliseconds, perSecond, gigaflops, firstMilliseconds }: PassSpeed): string => {
    const cells = [
      `${milliseconds.toFixed(1)} ms`,
      `${perSecond.toPrecision(4)} ${unit}/s`,
      `${gigaflops.toPrecision(3)} GFLOP/s`,
      `first ${(firstMilliseconds / 1000).toFixed(1)} s`,
    ];
    return `  ${what.padEnd(24)}${cells.map((cell) => cell.padStart(20)).join('')}`;
  };
  return [`${name}, ${batch}, ${(weights / 1e6).toFixed(1)} M random weights`, line('forward', forward), line('step, 10 prompt tokens', step)];
}

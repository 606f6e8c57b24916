import type { Generator } from '../../random/index.ts';
import { palette } from './palette.ts';
import type { Colour } from './palette.ts';
import type { Figure, Ground } from './scene.ts';

/** A member of a table, all equally probable. */
export function pick<T>(table: readonly T[], generator: Generator): T {
  const found = table[generator.integer(table.length)];
  if (found === undefined) throw new RangeError('cannot pick from an empty table');
  return found;
}

/** What stands for class `index`; RangeError where there is no such class. */
export function member<T>(table: readonly T[], index: number): T {
  const found = table[index];
  if (found === undefined) throw new RangeError(`no class ${index} among ${table.length}`);
  return found;
}

const colourSpread = 0.06;
const gradientSpread = 0.1;

/** A colour of the palette (by default any), each channel moved by up to 0.06. */
export function drawColour(generator: Generator, base: Colour = pick(palette, generator).colour): Colour {
  const move = (value: number): number =>
    Math.min(1, Math.max(0, value + generator.uniform(-colourSpread, colourSpread)));
  return [move(base[0]), move(base[1]), move(base[2])];
}

/** Ranges of the ground's channels. */
export const grounds = {
  any: { low: 0, high: 0.6 },
  light: { low: 0.55, high: 0.8 },
} as const;

const leastContrast = 0.3;
const mostTries = 20;

/** Mean absolute difference of the channels. */
const contrast = (a: Colour, b: Colour): number =>
  (Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2])) / 3;

/**
 * A ground with a slight gradient whose middle differs from all of `colours` by 0.3 or more on average over the
 * channels; when twenty tries find none, the one with most contrast.
 */
export function drawGround(
  generator: Generator,
  { low, high }: { readonly low: number; readonly high: number },
  colours: readonly Colour[],
): Ground {
  const triple = (a: number, b: number): Colour => [
    generator.uniform(a, b),
    generator.uniform(a, b),
    generator.uniform(a, b),
  ];
  const worst = (ground: Colour): number => Math.min(...colours.map((colour) => contrast(colour, ground)));
  let colour = triple(low, high);
  for (let tries = 1; tries < mostTries && worst(colour) < leastContrast; tries++) {
    const next = triple(low, high);
    if (worst(next) > worst(colour)) colour = next;
  }
  const across = triple(-gradientSpread, gradientSpread);
  const down = triple(-gradientSpread, gradientSpread);
  return { colour, across, down };
}

/** A radius, small (6 to 7.5 pixels) or large (9 to 12). */
export function drawRadius(generator: Generator): number {
  return generator.integer(2) === 0 ? generator.uniform(6, 7.5) : generator.uniform(9, 12);
}

/** A centre such that a figure of this radius lies (almost) within the 32 × 32 picture. */
export function drawCentre(generator: Generator, radius: number): Pick<Figure, 'x' | 'y'> {
  const margin = Math.min(0.95 * radius, 15.5);
  const coordinate = (): number => generator.uniform(margin, 32 - margin);
  return { x: coordinate(), y: coordinate() };
}

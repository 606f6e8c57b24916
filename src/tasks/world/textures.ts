import { sine } from '../../random/index.ts';

/** How much of the figure's colour stands at a point, 0 to 1; the point in pixels from the figure's centre, along its axes. */
export type Cover = (x: number, y: number) => number;

export interface Texture {
  readonly name: string;
  readonly cover: Cover;
}

const clamp = (x: number): number => (x < 0 ? 0 : x > 1 ? 1 : x);
const stripeTurn = (2 * Math.PI) / 3.4;
const dotTurn = (2 * Math.PI) / 4;

/** The three textures of the generated world. Their order is the order of classes: append only. */
export const textures = [
  { name: 'solid', cover: () => 1 },
  { name: 'striped', cover: (_, y) => clamp(0.5 + 1.4 * sine(y * stripeTurn)) },
  { name: 'dotted', cover: (x, y) => clamp(0.3 + 1.6 * sine(x * dotTurn) * sine(y * dotTurn)) },
] as const satisfies readonly Texture[];

import type { Colour } from './palette.ts';
import type { Field } from './shapes.ts';
import type { Cover } from './textures.ts';

/** One object in a picture. Lengths in pixels, angles in radians (clockwise as seen, since rows count down). */
export interface Figure {
  readonly field: Field;
  readonly cover: Cover;
  readonly colour: Colour;
  /** The centre: columns from the left edge, rows from the top edge. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly angle: number;
  /** How far the top leans over, as a share of the height. */
  readonly slant?: number;
  /** Width of a line along the edge; without it the figure is filled. */
  readonly stroke?: number;
}

/** The ground: a colour in the middle and its change from edge to edge. */
export interface Ground {
  readonly colour: Colour;
  readonly across: Colour;
  readonly down: Colour;
}

/** A picture before it is drawn: later figures cover earlier ones; `noise` is the standard deviation per channel. */
export interface Scene {
  readonly ground: Ground;
  readonly figures: readonly Figure[];
  readonly noise: number;
}

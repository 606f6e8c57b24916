import { cosine, sine } from '../../random/index.ts';
import type { Generator } from '../../random/index.ts';
import type { Figure, Ground, Scene } from './scene.ts';

/** Rows and columns of a picture of the generated world. */
export const side = 32;
export const channels = 3;

const pixels = side * side;
/** What a texture leaves of the figure where it shows the ground. */
const faintest = 0.15;
/** Half the width of the soft edge, in pixels. */
const softness = 0.8;

/** From 1 well inside to 0 well outside, smooth between. */
function coverage(distance: number): number {
  if (distance <= -softness) return 1;
  if (distance >= softness) return 0;
  const t = (softness - distance) / (2 * softness);
  return t * t * (3 - 2 * t);
}

function drawGround(canvas: Float64Array, { colour, across, down }: Ground): void {
  for (let i = 0; i < pixels; i++) {
    const right = ((i % side) + 0.5) / side - 0.5;
    const below = (Math.floor(i / side) + 0.5) / side - 0.5;
    canvas[3 * i] = colour[0] + across[0] * right + down[0] * below;
    canvas[3 * i + 1] = colour[1] + across[1] * right + down[1] * below;
    canvas[3 * i + 2] = colour[2] + across[2] * right + down[2] * below;
  }
}

function drawFigure(canvas: Float64Array, figure: Figure): void {
  const { field, cover, colour, x, y, radius, stroke } = figure;
  const slant = figure.slant ?? 0;
  const c = cosine(figure.angle);
  const s = sine(figure.angle);
  const reach = radius * 1.35 + 2;
  const firstRow = Math.max(0, Math.floor(y - reach));
  const lastRow = Math.min(side - 1, Math.floor(y + reach));
  const firstColumn = Math.max(0, Math.floor(x - reach));
  const lastColumn = Math.min(side - 1, Math.floor(x + reach));
  for (let row = firstRow; row <= lastRow; row++) {
    const down = row + 0.5 - y;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const right = column + 0.5 - x;
      const v = c * down - s * right;
      const u = c * right + s * down + slant * v;
      const edge = field(u / radius, v / radius) * radius;
      const share = coverage(stroke === undefined ? edge : Math.abs(edge) - stroke / 2);
      if (share === 0) continue;
      const weight = share * (faintest + (1 - faintest) * cover(u, v));
      const i = 3 * (row * side + column);
      canvas[i] = (canvas[i] ?? 0) * (1 - weight) + colour[0] * weight;
      canvas[i + 1] = (canvas[i + 1] ?? 0) * (1 - weight) + colour[1] * weight;
      canvas[i + 2] = (canvas[i + 2] ?? 0) * (1 - weight) + colour[2] * weight;
    }
  }
}

// the sum of four random bytes: mean 510, variance 4 (256² − 1) / 12, close to normal and one draw each
const noiseMean = 510;
const noiseDeviation = Math.sqrt((4 * (256 * 256 - 1)) / 12);

function noise(generator: Generator): number {
  const word = generator.uint32();
  const sum = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
  return (sum - noiseMean) / noiseDeviation;
}

/** The picture of `scene`: 32 · 32 · 3 bytes, row by row, red, green, blue. `generator` draws the noise. */
export function drawScene(scene: Scene, generator: Generator): Uint8Array {
  const canvas = new Float64Array(pixels * channels);
  drawGround(canvas, scene.ground);
  for (const figure of scene.figures) drawFigure(canvas, figure);
  const bytes = new Uint8Array(canvas.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = 255 * ((canvas[i] ?? 0) + scene.noise * noise(generator)) + 0.5;
    bytes[i] = value < 0 ? 0 : value > 255 ? 255 : Math.floor(value);
  }
  return bytes;
}

import { inputAsSeen } from '../../reprogramming/index.ts';
import type { Entered } from '../../reprogramming/index.ts';
import { contactSheet } from '../../tasks/index.ts';
import type { Sheet } from '../../tasks/index.ts';
import { tf } from '../../tensor/index.ts';
import type { Tensor } from '../../tensor/index.ts';

/** Pictures before and after, laid out, and what the layout can't say. */
export interface PictureChange {
  readonly sheet: Sheet;
  /** Mean of the change to the first picture where it changes anything, taken off before it is drawn; 0 where nothing is learned. */
  readonly mean: number;
  /** The largest distance of such a number from that mean, of the range from 0 to 1. */
  readonly largest: number;
  /** The share of numbers that the change brings below 0 or above 1, where a picture can't show them. */
  readonly beyond: number;
}

export type Shape = readonly [rows: number, columns: number, channels: number];

const byte = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 255);
const middle = 127.5 / 255;

/** Pictures of `x` `[pictures, rows, columns, channels]` as bytes, each for itself; what lies outside [0, 1] is cut. */
export function bytesOf(x: Tensor): readonly Uint8Array[] {
  const [count = 0] = x.shape;
  const values = x.dataSync();
  const size = values.length / count;
  return Array.from({ length: count }, (_, n) => Uint8Array.from(values.subarray(n * size, (n + 1) * size), byte));
}

export const shapeOf = (x: Tensor): Shape => [x.shape[1] ?? 0, x.shape[2] ?? 0, x.shape[3] ?? 0];

/** A grey tile and the pictures as they are, side by side. */
export function picturesBefore(x: Tensor): Sheet {
  const pictures = bytesOf(x);
  const grey = new Uint8Array(pictures[0]?.length ?? 0).fill(byte(middle));
  return contactSheet([grey, ...pictures], shapeOf(x), pictures.length + 1);
}

/**
 * What enters at the input of pictures `x` (as the method lays them on the canvas): the change to the first one around grey,
 * as large as black and white allow, and every picture with its own change, side by side. Places that nothing changes are
 * grey; of what is learned the mean is taken off, which would hide the rest where a frame starts away from 0.
 */
export function pictureChange(acts: readonly Entered[], x: Tensor): PictureChange {
  const after = inputAsSeen(acts, x);
  const [before, changed] = [Float32Array.from(x.dataSync()), Float32Array.from(after.dataSync())];
  const pictures = bytesOf(after);
  after.dispose();
  const size = pictures[0]?.length ?? 0;
  const first = Array.from(changed.subarray(0, size), (value, i) => value - (before[i] ?? 0));
  const touched = first.filter((value) => value !== 0);
  const isLearned = acts.some(({ λ }) => Object.keys(λ).length > 0);
  const mean = isLearned && touched.length > 0 ? touched.reduce((sum, value) => sum + value, 0) / touched.length : 0;
  const largest = touched.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  const change = Uint8Array.from(first, (value) => byte(middle + (value === 0 || largest === 0 ? 0 : (value - mean) / largest / 2)));
  const outside = changed.reduce((sum, value) => sum + (value < 0 || value > 1 ? 1 : 0), 0);
  return { sheet: contactSheet([change, ...pictures], shapeOf(x), pictures.length + 1), mean, largest, beyond: outside / changed.length };
}

/** Whether anything of these enters at the pictures themselves. */
export const changesPictures = (acts: readonly Entered[]): boolean =>
  acts.some(({ tower, site }) => tower === 'image' && site.location === 'input');

/** The pictures of `x` at these indices. The caller owns them. */
export const picked = (x: Tensor, indices: readonly number[]): Tensor => tf.tidy(() => tf.gather(x, tf.tensor1d([...indices], 'int32')));
